import { type Comparison, compareSystems } from "./compareSystems.ts";
import type { MentionDocument, ScoreOptions } from "./scoreDocuments.ts";

/** What one row found, under the name of the row. */
export type PredictedRun = { readonly spec: string; readonly predicted: readonly MentionDocument[] };

export type RunComparison = Comparison & {
  /** The difference is that of the first less the second. */
  readonly first: string;
  readonly second: string;
  /** The chance, corrected for how many pairs were compared (see `holm`). */
  readonly pHolm: number;
};

/** Below this corrected chance a difference is called significant. */
export const SIGNIFICANCE = 0.05;

/**
 * Every pair of rows over the same gold documents, in the order of the rows. A pair takes a while, so that the
 * caller may do something else between two.
 * @throws NG-GOLD as `scoreDocuments`
 */
export function* comparePairs(
  gold: readonly MentionDocument[],
  runs: readonly PredictedRun[],
  options: ScoreOptions,
): Generator<Omit<RunComparison, "pHolm">> {
  for (const [i, first] of runs.entries()) {
    for (const second of runs.slice(i + 1)) {
      const comparison = compareSystems(gold, first.predicted, second.predicted, options);
      yield { first: first.spec, second: second.spec, ...comparison };
    }
  }
}

/** The pairs with their chances corrected for each other. */
export function correctPairs(pairs: readonly Omit<RunComparison, "pHolm">[]): RunComparison[] {
  const corrected = holm(pairs.map(({ pValue }) => pValue));
  return pairs.map((pair, i) => ({ ...pair, pHolm: corrected[i] ?? 1 }));
}

/**
 * Corrects p-values for having looked more than once: Holm's step-down method (Scandinavian Journal of Statistics
 * 1979), which holds whatever the tests have to do with each other.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
  const corrected = pValues.map(() => 1);
  let least = 0;
  order.forEach((at, rank) => {
    least = Math.max(least, Math.min(1, (pValues[at] ?? 1) * (pValues.length - rank)));
    corrected[at] = least;
  });
  return corrected;
}
