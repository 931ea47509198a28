import { compareSpans, overlaps } from "../document/span.ts";
import type { TypedSpan } from "./gold.ts";

/** How the mentions of one type compare. */
export type Counts = {
  readonly gold: number;
  readonly predicted: number;
  /** Same start, end and type. */
  readonly exact: number;
  /** Gold mentions that some prediction of their type overlaps. */
  readonly goldTouched: number;
  /** Predictions that overlap some gold mention of their type. */
  readonly predictedTouched: number;
};

/** Numbers that one type takes in a row. */
const FIELDS = 5;

/**
 * The counts of one document as a flat row, a block of numbers a type in the order of `types`: resampling adds
 * thousands of rows. A mention that stands twice counts once; other types are left out.
 */
export function countRow(
  gold: readonly TypedSpan[],
  predicted: readonly TypedSpan[],
  types: readonly string[],
): Float64Array {
  return Float64Array.from(
    types.flatMap((type) => {
      const g = distinct(gold, type);
      const p = distinct(predicted, type);
      const places = new Set(g.map((mention) => `${mention.start} ${mention.end}`));
      return [
        g.length,
        p.length,
        p.filter((mention) => places.has(`${mention.start} ${mention.end}`)).length,
        g.filter((mention) => p.some((other) => overlaps(mention, other))).length,
        p.filter((mention) => g.some((other) => overlaps(mention, other))).length,
      ];
    }),
  );
}

/** The sum of the rows, each taken `weights[i]` times (once without weights). */
export function addRows(rows: readonly Float64Array[], weights?: ArrayLike<number>): Float64Array {
  const sum = new Float64Array(rows[0]?.length ?? 0);
  rows.forEach((row, i) => {
    const weight = weights?.[i] ?? 1;
    if (weight > 0) for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] ?? 0) + weight * (row[k] ?? 0);
  });
  return sum;
}

/** The counts of each type in a row, in the order of the types. */
export function countsOf(row: Float64Array): Counts[] {
  return Array.from({ length: row.length / FIELDS }, (_, i) => {
    const [gold = 0, predicted = 0, exact = 0, goldTouched = 0, predictedTouched = 0] = row.subarray(
      i * FIELDS,
    );
    return { gold, predicted, exact, goldTouched, predictedTouched };
  });
}

function distinct(mentions: readonly TypedSpan[], type: string): TypedSpan[] {
  const sorted = mentions.filter((mention) => mention.type === type).sort(compareSpans);
  return sorted.filter((mention, i) => i === 0 || compareSpans(mention, sorted[i - 1] ?? mention) !== 0);
}
