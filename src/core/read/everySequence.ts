import type { InferencePort, InferenceSequence } from "../ports.ts";

/**
 * Hands `items` out, in order, to as many sequences as work at the same time. Where one fails, the others stop after
 * the item in hand, and its error is thrown.
 */
export async function everySequence<Item>(
  port: InferencePort,
  items: readonly Item[],
  work: (sequence: InferenceSequence, item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  const reader = async (): Promise<void> => {
    const sequence = await port.openSequence();
    try {
      for (; next < items.length; ) await work(sequence, items[next++] as Item);
    } catch (error) {
      next = items.length;
      throw error;
    } finally {
      await sequence.dispose();
    }
  };
  const readers = Math.min(port.parallelism, items.length);
  const outcomes = await Promise.allSettled(Array.from({ length: readers }, reader));
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
}
