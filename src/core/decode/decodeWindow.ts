import { NotegrainError } from "../errors.ts";
import type { CancelSignal, DraftHabits, InferenceSequence, TagSurface, TokenId } from "../ports.ts";
import type { ChoiceSettings, Decision } from "./choose.ts";
import { compileGrammar, longestOutput } from "./grammar.ts";
import { keepPrefix } from "./keepPrefix.ts";
import { decodeParallel } from "./parallel.ts";
import { decodePlain } from "./plain.ts";
import type { Reading } from "./reading.ts";
import { readLogits } from "./readLogits.ts";
import { createWriter, type PieceMention } from "./writer.ts";

/** `parallel` reads many positions in one batch; `plain` is its oracle and gives the same result. */
export type Strategy = "parallel" | "plain";

export type WindowRequest = ChoiceSettings & {
  readonly sequence: InferenceSequence;
  /** Tokens that the sequence can hold. */
  readonly contextTokens: number;
  /** The prompt. */
  readonly prefix: readonly TokenId[];
  /** How many tokens of its beginning are the same for every window: the cache keeps them from one to the next. */
  readonly sharedTokens: number;
  /**
   * Of these, how many are the same for every note and hold nothing of one; they are read, and kept, by themselves.
   * 0 unless told.
   */
  readonly instructionTokens?: number;
  /** The tokens of each piece of the window, at least one each. */
  readonly source: readonly (readonly TokenId[])[];
  /** By piece: whether an entity may begin with it; default: with all. */
  readonly mayOpen?: readonly boolean[];
  readonly surface: TagSurface;
  /** Tags that may be open at the same time. */
  readonly maxDepth: number;
  readonly strategy: Strategy;
  /** Positions that cost as much as a call of the model itself. */
  readonly callCost: number;
  /** What the model mostly does, as far as that is known: the better the guess, the fewer calls. */
  readonly habits: DraftHabits | null;
  readonly signal?: CancelSignal;
  /** Called as soon as a mention is settled. */
  readonly onMention?: (mention: PieceMention) => void;
};

export type WindowResult = {
  readonly mentions: readonly PieceMention[];
  /** The output token by token, its end included. */
  readonly output: readonly Decision[];
  readonly statistics: {
    /** Tokens that the model read, drafts that were thrown away included. */
    readonly evaluatedTokens: number;
    readonly outputTokens: number;
    /** Calls of the model. */
    readonly batches: number;
  };
};

/**
 * Reads one window: lets the model copy the source and open or close tags, nothing else.
 * @throws NG-CONTEXT before anything is read where the longest legal output would not fit; NG-CANCELLED;
 * NG-MODEL-NUMBERS
 */
export async function decodeWindow(request: WindowRequest): Promise<WindowResult> {
  const { sequence, prefix, sharedTokens, source, surface, maxDepth, signal } = request;
  const grammar = compileGrammar(source, surface, maxDepth, request.mayOpen);
  // A draft is itself the beginning of a legal output, so this bound covers it too.
  const needed = prefix.length + longestOutput(grammar.source.length, source.length, surface, maxDepth);
  if (needed > request.contextTokens) {
    throw new NotegrainError("NG-CONTEXT", { needed, available: request.contextTokens });
  }
  let evaluatedTokens = 0;
  let batches = 0;
  const writer = createWriter(grammar, request.onMention);
  const reading: Reading = {
    grammar,
    writer,
    settings: request,
    callCost: request.callCost,
    habits: request.habits,
    prompt: prefix.slice(sharedTokens),
    evaluate(tokens, wanted) {
      evaluatedTokens += tokens.length;
      batches += 1;
      return readLogits(sequence, tokens, wanted, signal);
    },
    forget: (count) => sequence.truncate(sequence.tokens.length - count),
  };
  const parts = { instructionTokens: request.instructionTokens ?? 0, marks: [sharedTokens] };
  const sharedRead = await keepPrefix(sequence, prefix, parts, signal);
  await (request.strategy === "plain" ? decodePlain : decodeParallel)(reading);
  return {
    mentions: writer.mentions(),
    output: writer.output,
    statistics: {
      evaluatedTokens: evaluatedTokens + sharedRead,
      outputTokens: writer.output.length,
      batches: batches + (sharedRead > 0 ? 1 : 0),
    },
  };
}
