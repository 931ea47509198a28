import type { Strategy } from "../decode/decodeWindow.ts";
import type { Piece } from "../document/pieces.ts";
import type { Mention } from "../entity/entity.ts";
import type { Example } from "../entity/example.ts";
import type { OutputFormat } from "../entity/extraction.ts";
import type { Reply } from "../entity/reply.ts";
import type { CancelSignal, InferenceSequence } from "../ports.ts";
import type { PromptSettings } from "../prompt/promptSettings.ts";
import type { WindowPrompt } from "../prompt/windowPrompt.ts";

/** What is asked of a reader. */
export type ReaderSettings = PromptSettings & {
  readonly outputFormat: OutputFormat;
  readonly recall?: number | undefined;
  readonly strategy?: Strategy;
};

/** A stretch of a note, and who reads it. */
export type WindowInput = {
  readonly sequence: InferenceSequence;
  /** The whole text of the note. */
  readonly text: string;
  /** Those of the window, at least one. */
  readonly pieces: readonly Piece[];
  /** Shown before it, in this order; none unless told. */
  readonly examples?: readonly Example[];
  /** Starts of pieces with which no entity begins, as offsets in the note. */
  readonly barred?: ReadonlySet<number>;
  readonly signal?: CancelSignal;
};

/** What came of a window. Offsets are those of the note. */
export type WindowReading = {
  readonly mentions: readonly Mention[];
  /** How far the answer goes; the end of the window, where nothing went wrong. */
  readonly readTo: number;
  readonly evaluatedTokens: number;
  /** What a model wrote freely; null where its answer could only copy. */
  readonly reply: Reply | null;
};

/** Reads windows in one output format. */
export type WindowReader = Pick<WindowPrompt, "tokensOf" | "windowTokens" | "identity" | "room"> & {
  /** @throws NG-CONTEXT, NG-CANCELLED */
  read(window: WindowInput): Promise<WindowReading>;
};
