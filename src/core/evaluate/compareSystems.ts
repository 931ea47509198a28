import { addRows, countsOf } from "./counts.ts";
import { createRandom } from "./random.ts";
import { bootstrap, type Interval, interval95 } from "./resample.ts";
import { countRows, type MentionDocument, type ScoreOptions } from "./scoreDocuments.ts";

export type Comparison = {
  /** Strict micro F1 of the first system less that of the second. */
  readonly difference: number;
  /** Of the difference, by paired bootstrap over documents. */
  readonly ci95: Interval;
  /**
   * Chance of a difference at least as large, either way, if the systems were interchangeable: approximate
   * randomisation over documents (Noreen 1989; Yeh, COLING 2000).
   */
  readonly pValue: number;
};

/**
 * Whether one system scores better than another on the same gold documents.
 * @throws NG-GOLD as `scoreDocuments`
 */
export function compareSystems(
  gold: readonly MentionDocument[],
  first: readonly MentionDocument[],
  second: readonly MentionDocument[],
  options: ScoreOptions,
): Comparison {
  const a = totals(gold, first, options.types);
  const b = totals(gold, second, options.types);
  const difference = f1(a) - f1(b);
  const drawn = bootstrap(gold.length, (weights) => f1(a, weights) - f1(b, weights), options);

  const { seed = 20, resamples = 1000 } = options;
  const random = createRandom(seed + 1);
  let atLeast = 0;
  for (let i = 0; i < resamples; i++) {
    const swapped = gold.map(() => random() < 0.5);
    const pick = (kept: readonly Float64Array[], other: readonly Float64Array[]): Float64Array[] =>
      kept.map((row, k) => (swapped[k] ? (other[k] ?? row) : row));
    // A hair of slack: the same sums in another order may differ in the last bit.
    if (Math.abs(f1(pick(a, b)) - f1(pick(b, a))) >= Math.abs(difference) - 1e-12) atLeast += 1;
  }
  return { difference, ci95: interval95(drawn), pValue: (atLeast + 1) / (resamples + 1) };
}

/** Of each document the exact mentions, and gold and predicted ones together: all that micro F1 is made of. */
function totals(
  gold: readonly MentionDocument[],
  predicted: readonly MentionDocument[],
  types: readonly string[],
): Float64Array[] {
  return countRows(gold, predicted, types).map((row) => {
    const counts = countsOf(row);
    return Float64Array.of(
      counts.reduce((sum, { exact }) => sum + exact, 0),
      counts.reduce((sum, { gold: wanted, predicted: given }) => sum + wanted + given, 0),
    );
  });
}

function f1(rows: readonly Float64Array[], weights?: Uint32Array): number {
  const [exact = 0, all = 0] = addRows(rows, weights);
  return all > 0 ? (2 * exact) / all : 0;
}
