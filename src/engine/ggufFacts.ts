import { type GgufTensorInfo, readGgufFileInfo } from "node-llama-cpp";
import type { AdapterTeaching, Calibration, GroundedProfile } from "#core/ports.ts";
import { ggmlTypeName, tensorBytes } from "./ggmlTypes.ts";

/** Sizes of a LLaMA network, in numbers. */
export type ModelShape = {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly feedForward: number;
  readonly vocabulary: number;
  /** Tokens of context it was trained for. */
  readonly contextTokens: number;
};

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

/** Where a tensor lies in its file. */
export type TensorPlace = { readonly offset: number; readonly bytes: number };

/** What the header of a GGUF file says. */
export type GgufFacts = {
  readonly kind: "model" | "adapter";
  readonly name: string | null;
  readonly architecture: string;
  /** Null where the header does not name it. */
  readonly licence: string | null;
  /** The type that most weights have, such as "F16" or "Q4_0". */
  readonly quantisation: string;
  readonly parameters: number;
  /** Null for an adapter. */
  readonly shape: ModelShape | null;
  readonly grounded: GroundedFacts | null;
  /** Null for a model, and for an adapter that was made elsewhere. */
  readonly origin: AdapterOrigin | null;
  /** The norm vectors by name, which are F32 in every quantisation. */
  readonly norms: ReadonlyMap<string, TensorPlace>;
  /** By name: rows and columns of each tensor, innermost first. */
  readonly tensors: ReadonlyMap<string, readonly number[]>;
  /** Bytes that the file must have for its tensors to be whole. */
  readonly promisedBytes: number;
};

/** Long lists that the native loader reads for itself. */
const UNREAD = ["tokenizer.ggml.merges", "tokenizer.ggml.scores", "tokenizer.ggml.token_type"];

/** Reads the header of a GGUF file on this disk. Throws whatever the parser throws on a damaged header. */
export async function readGgufFacts(path: string): Promise<GgufFacts> {
  const info = await readGgufFileInfo(path, {
    sourceType: "filesystem",
    ignoreKeys: UNREAD,
    logWarnings: false,
    spliceSplitFiles: false,
  });
  // The library's types know its own keys only; a file may lack or add any.
  const metadata = info.metadata as unknown as Metadata;
  const general = child(metadata, "general");
  const architecture = text(general, "architecture") ?? "unknown";
  const kind = text(general, "type") === "adapter" ? "adapter" : "model";
  const tensors = info.fullTensorInfo ?? [];
  return {
    kind,
    name: text(general, "name"),
    architecture,
    licence: text(general, "license"),
    quantisation: commonType(tensors),
    parameters: tensors.reduce((sum, { dimensions }) => sum + count(dimensions), 0),
    shape: kind === "model" ? shape(metadata, architecture, tensors) : null,
    grounded: grounded(child(metadata, "notegrain")),
    origin: kind === "adapter" ? origin(metadata) : null,
    norms: new Map(
      tensors
        .filter(({ name, ggmlType }) => name.endsWith("_norm.weight") && ggmlTypeName(ggmlType) === "F32")
        .map(({ name, fileOffset, ggmlType, dimensions }) => [
          name,
          { offset: Number(fileOffset), bytes: tensorBytes(ggmlType, dimensions) },
        ]),
    ),
    tensors: new Map(tensors.map(({ name, dimensions }) => [name, dimensions.map(Number)])),
    promisedBytes: Math.max(
      0,
      ...tensors.map((tensor) => Number(tensor.fileOffset) + tensorBytes(tensor.ggmlType, tensor.dimensions)),
    ),
  };
}

type Metadata = { readonly [key: string]: unknown };

function child(metadata: Metadata, key: string): Metadata {
  const value = metadata[key];
  return typeof value === "object" && value !== null ? (value as Metadata) : {};
}

function text(metadata: Metadata, key: string): string | null {
  const value = metadata[key];
  return typeof value === "string" && value !== "" ? value : null;
}

function number(metadata: Metadata, key: string): number | null {
  const value = metadata[key];
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : null;
}

function shape(metadata: Metadata, architecture: string, tensors: readonly GgufTensorInfo[]): ModelShape {
  const own = child(metadata, architecture);
  const attention = child(own, "attention");
  const heads = number(attention, "head_count") ?? 0;
  const embedding = tensors.find(({ name }) => name === "token_embd.weight");
  return {
    layers: number(own, "block_count") ?? 0,
    width: number(own, "embedding_length") ?? 0,
    heads,
    keyValueHeads: number(attention, "head_count_kv") ?? heads,
    feedForward: number(own, "feed_forward_length") ?? 0,
    vocabulary: number(own, "vocab_size") ?? Number(embedding?.dimensions[1] ?? 0),
    contextTokens: number(own, "context_length") ?? 0,
  };
}

/** Null where there is none, or one that would turn the order of the entities round. */
function calibration(metadata: Metadata): Calibration | null {
  const pair: readonly unknown[] = Array.isArray(metadata.calibration) ? metadata.calibration : [];
  const [slope, intercept] = pair.map(Number);
  if (slope === undefined || intercept === undefined || pair.length > 2) return null;
  return slope > 0 && Number.isFinite(slope) && Number.isFinite(intercept) ? { slope, intercept } : null;
}

function grounded(metadata: Metadata): GroundedFacts | null {
  const format = text(metadata, "format");
  const slots = number(metadata, "slots") ?? 0;
  const types = Array.isArray(metadata.types) ? metadata.types : [];
  if (format === null || (types.length === 0 && slots === 0)) return null;
  return {
    format,
    types: types.map(String),
    slots,
    openBias: number(metadata, "open_bias") ?? 0,
    temperature: number(metadata, "temperature") ?? 1,
    calibration: calibration(metadata),
    windowTokens: number(metadata, "window_tokens") ?? 256,
    windowSentences: number(metadata, "window_sentences") ?? null,
    exampleTokens: number(metadata, "example_tokens") ?? 0,
    maxDepth: number(metadata, "max_depth") ?? 3,
  };
}

const TAUGHT_FORMATS: readonly AdapterTeaching["outputFormat"][] = [
  "grounded",
  "brackets",
  "json",
  "selector",
];

function origin(metadata: Metadata): AdapterOrigin | null {
  const own = child(child(metadata, "notegrain"), "adapter");
  const outputFormat = TAUGHT_FORMATS.find((format) => format === text(own, "output_format"));
  const [prompt, promptSha256, baseNormsSha256] = ["prompt", "prompt_sha256", "base_norms_sha256"].map(
    (key) => text(own, key),
  );
  if (!outputFormat || !prompt || !promptSha256 || !baseNormsSha256) return null;
  const base = child(child(child(metadata, "general"), "base_model"), "0");
  return {
    outputFormat,
    prompt,
    promptSha256,
    types: Array.isArray(own.types) ? own.types.map(String) : [],
    baseNormsSha256,
    baseName: text(base, "name") ?? "another model",
  };
}

function commonType(tensors: readonly GgufTensorInfo[]): string {
  const weights = new Map<string, number>();
  for (const { ggmlType, dimensions } of tensors) {
    const name = ggmlTypeName(ggmlType);
    weights.set(name, (weights.get(name) ?? 0) + count(dimensions));
  }
  return [...weights].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? "unknown";
}

function count(dimensions: GgufTensorInfo["dimensions"]): number {
  return dimensions.reduce<number>((product, dimension) => product * Number(dimension), 1);
}
