import type { Strategy } from "../decode/decodeWindow.ts";
import type { Piece } from "../document/pieces.ts";
import type { Mention } from "../entity/entity.ts";
import type { Example } from "../entity/example.ts";
import type { OutputFormat } from "../entity/extraction.ts";
import type { Reply } from "../entity/reply.ts";
import type { CancelSignal, InferencePort, InferenceSequence } from "../ports.ts";
import { unfit } from "../prompt/chatPrompt.ts";
import type { WindowPrompt } from "../prompt/preparePrompt.ts";
import { withRecall } from "../prompt/recall.ts";
import type { PromptSettings } from "../prompt/stock.ts";
import { bracketsReader } from "./bracketsReader.ts";
import { groundedReader } from "./groundedReader.ts";
import { replyReader } from "./replyReader.ts";

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

/**
 * The reader for what is asked: the one place that knows which prompt, decoding and grounding belong together.
 * @throws NG-MODEL-UNFIT, NG-TYPES, NG-CONTEXT
 */
export function windowReader(model: InferencePort, settings: ReaderSettings): WindowReader {
  const port = withRecall(model, settings.recall ?? 0);
  if (port.facts.teaching?.outputFormat === "selector")
    throw unfit(port, "its adapter judges spans and finds none");
  switch (settings.outputFormat) {
    case "grounded":
      return groundedReader(port, settings);
    case "brackets":
      return bracketsReader(port, settings);
    case "json":
      return replyReader(port, settings);
  }
}
