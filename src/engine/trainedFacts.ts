import type { LearnedTexts } from "#core/evaluate/learnedTexts.ts";
import type { AdapterTeaching, Calibration, GroundedProfile } from "#core/ports.ts";
import { child, type Metadata, number, text } from "./ggufMetadata.ts";

/** What training writes under `notegrain.` for a model that tags in special tokens. */
export type GroundedFacts = {
  /** `grounded@1` or `episodes@1`. */
  readonly format: string;
  readonly types: readonly string[];
  /** Opening tokens that each prompt gives a meaning (`episodes@1`); 0 where each has its type. */
  readonly slots: number;
} & Pick<
  GroundedProfile,
  | "openBias"
  | "temperature"
  | "calibration"
  | "windowTokens"
  | "windowSentences"
  | "exampleTokens"
  | "maxDepth"
>;

/** What our training writes into an adapter under `notegrain.adapter.`. */
export type AdapterOrigin = AdapterTeaching & {
  /** See `normsSha256`. */
  readonly baseNormsSha256: string;
  readonly baseName: string;
};

/** Null where there is none, or one that would turn the order of the entities round or leave out all of them. */
function calibration(metadata: Metadata): Calibration | null {
  const pair: readonly unknown[] = Array.isArray(metadata.calibration) ? metadata.calibration : [];
  const [slope, intercept] = pair.map(Number);
  if (slope === undefined || intercept === undefined || pair.length > 2) return null;
  const least = number(metadata, "least_confidence") ?? 0;
  const usable = slope > 0 && Number.isFinite(slope) && Number.isFinite(intercept) && least >= 0 && least < 1;
  return usable ? { slope, intercept, least } : null;
}

/** Null for a model that does not tag. @param header the whole of it */
export function groundedFacts(header: Metadata): GroundedFacts | null {
  const own = child(header, "notegrain");
  const format = text(own, "format");
  const slots = number(own, "slots") ?? 0;
  const types = Array.isArray(own.types) ? own.types : [];
  if (format === null || (types.length === 0 && slots === 0)) return null;
  return {
    format,
    types: types.map(String),
    slots,
    openBias: number(own, "open_bias") ?? 0,
    temperature: number(own, "temperature") ?? 1,
    calibration: calibration(own),
    windowTokens: number(own, "window_tokens") ?? 256,
    windowSentences: number(own, "window_sentences") ?? null,
    exampleTokens: number(own, "example_tokens") ?? 0,
    maxDepth: number(own, "max_depth") ?? 3,
  };
}

/** What a model or an adapter learned, where its training wrote that down. @param header the whole of it */
export function learnedTexts(header: Metadata): LearnedTexts {
  const marks = child(header, "notegrain").learned_texts;
  return Array.isArray(marks) ? new Set(marks.map(String)) : null;
}

const TAUGHT_FORMATS: readonly AdapterTeaching["outputFormat"][] = [
  "grounded",
  "brackets",
  "json",
  "selector",
];

/** Null for an adapter that was made elsewhere. @param header the whole of it */
export function adapterOrigin(header: Metadata): AdapterOrigin | null {
  const own = child(child(header, "notegrain"), "adapter");
  const outputFormat = TAUGHT_FORMATS.find((format) => format === text(own, "output_format"));
  const [prompt, promptSha256, baseNormsSha256] = ["prompt", "prompt_sha256", "base_norms_sha256"].map(
    (key) => text(own, key),
  );
  if (!outputFormat || !prompt || !promptSha256 || !baseNormsSha256) return null;
  const base = child(child(child(header, "general"), "base_model"), "0");
  return {
    outputFormat,
    prompt,
    promptSha256,
    types: Array.isArray(own.types) ? own.types.map(String) : [],
    baseNormsSha256,
    baseName: text(base, "name") ?? "another model",
  };
}
