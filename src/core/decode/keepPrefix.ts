import type { CancelSignal, InferenceSequence, TokenId } from "../ports.ts";

/**
 * Leaves just the beginning of a prompt in the cache. It is read in the parts that `marks` ends, each by itself, so
 * that a window finds the same numbers there whether a part was kept or read anew: results must not depend on what
 * was read before.
 * @param marks numbers of tokens, ascending
 * @returns the tokens that had to be read
 */
export async function keepPrefix(
  sequence: InferenceSequence,
  prompt: readonly TokenId[],
  marks: readonly number[],
  signal?: CancelSignal,
): Promise<number> {
  let held = 0;
  let read = 0;
  for (const mark of marks) {
    const part = prompt.slice(held, mark);
    const from = held;
    if (part.some((token, i) => sequence.tokens[from + i] !== token)) {
      await sequence.truncate(held);
      await sequence.evaluate(
        part,
        part.map(() => null),
        signal,
      );
      read += part.length;
    }
    held = mark;
  }
  await sequence.truncate(held);
  return read;
}
