import type { PlainError } from "./errors.ts";
import type { AdapterTeaching } from "./ports.ts";
import type { PromptDrift } from "./prompt/taught.ts";

/** What can be said of a model file before it is used. */
export type ModelReport = {
  readonly fileName: string;
  readonly kind: "model" | "adapter";
  readonly name: string;
  readonly architecture: string;
  readonly parameters: number;
  readonly layers: number;
  readonly width: number;
  readonly vocabulary: number;
  /** Tokens that it was trained to hold. */
  readonly contextTokens: number;
  /** Tokens that this program lets it hold at a time; absent in reports of earlier versions. */
  readonly usedContextTokens?: number;
  readonly quantisation: string;
  readonly licence: string | null;
  readonly fileBytes: number;
  readonly sha256: string;
  readonly memoryNeededBytes: number;
  readonly memoryAvailableBytes: number;
  readonly fitsMemory: boolean;
  /** Predicted from a short measurement, for a note of 600 words; null where it could not be measured. */
  readonly secondsPerNote: number | null;
  /** Why it cannot be used, though its header is sound: what ended a trial of it. Absent where none failed. */
  readonly failure?: PlainError;
  /** Whether it carries tags of the project's own. */
  readonly grounded: boolean;
  /** Whether it answers in tags of its own alone, be it that each prompt says what they mean; absent in reports of earlier versions. */
  readonly answersInTags?: boolean;
  /** Whether definitions and examples mean anything to it; absent likewise. */
  readonly takesPrompts?: boolean;
  readonly types: readonly string[];
  /** Null for a model. */
  readonly adapter: {
    readonly fitsBase: boolean;
    /** Whether logits differ with and without it; null where that was not tried. */
    readonly changesOutput: boolean | null;
    /** Why it does not fit, in English. */
    readonly reason: string | null;
    /** The same for a reader of any language. */
    readonly refusal?: PlainError;
    /** Where it would be asked with another prompt than it was taught with. */
    readonly otherPrompt?: PromptDrift;
    /** What it learned, where it says so; absent in reports of earlier versions. */
    readonly taught?: Pick<AdapterTeaching, "outputFormat" | "types">;
    /** It judges spans that another model found, and finds none by itself. */
    readonly isSelector?: boolean;
  } | null;
};
