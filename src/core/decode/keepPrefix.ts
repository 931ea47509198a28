import type { CancelSignal, InferenceSequence, TokenId } from "../ports.ts";

/** The parts of a prompt's beginning, by the numbers of tokens with which they end. */
export type PrefixParts = {
  /** It holds nothing of a note or an example, and may therefore be kept in a file; 0 where there is none. */
  readonly instructionTokens: number;
  /** The ends of the parts after it, ascending. */
  readonly marks: readonly number[];
};

/**
 * Leaves just the beginning of a prompt in the cache. It is read part by part, each by itself, so that a
 * window finds the same numbers there whether a part was kept or read anew: results must not depend on what
 * was read before.
 * @returns the tokens that had to be read
 */
export async function keepPrefix(
  sequence: InferenceSequence,
  prompt: readonly TokenId[],
  { instructionTokens, marks }: PrefixParts,
  signal?: CancelSignal,
): Promise<number> {
  let held = 0;
  let read = 0;
  for (const [index, mark] of [instructionTokens, ...marks].entries()) {
    const part = prompt.slice(held, mark);
    const from = held;
    if (part.some((token, i) => sequence.tokens[from + i] !== token)) {
      await sequence.truncate(held);
      const readIt = index === 0 ? readInstruction : readPart;
      read += await readIt(sequence, part, signal);
    }
    held = mark;
  }
  await sequence.truncate(held);
  return read;
}

function readInstruction(
  sequence: InferenceSequence,
  part: readonly TokenId[],
  signal?: CancelSignal,
): Promise<number> {
  return sequence.readInstruction?.(part, signal) ?? readPart(sequence, part, signal);
}

async function readPart(
  sequence: InferenceSequence,
  part: readonly TokenId[],
  signal?: CancelSignal,
): Promise<number> {
  await sequence.evaluate(
    part,
    part.map(() => null),
    signal,
  );
  return part.length;
}
