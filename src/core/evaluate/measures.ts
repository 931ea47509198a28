import { type Counts, countsOf } from "./counts.ts";

/** Each 0 to 1; 0 where the denominator is 0. F1 is the harmonic mean of the two before it. */
export type Measure = { readonly precision: number; readonly recall: number; readonly f1: number };

export type Measures = {
  /** Strict, every mention weighing the same. */
  readonly micro: Measure;
  /** Strict, the plain mean over the types that the gold holds. */
  readonly macro: Measure;
  /**
   * Micro, by overlap: precision is the share of predictions that overlap a gold mention of their type, recall the
   * share of gold mentions that a prediction of their type overlaps. One mention may serve several.
   */
  readonly relaxed: Measure;
};

/** The measures of a row of counts (see `countRow`). */
export function measuresOf(row: Float64Array): Measures {
  const counts = countsOf(row);
  const total = (key: keyof Counts): number => counts.reduce((sum, count) => sum + count[key], 0);
  const held = counts.filter((count) => count.gold > 0).map(strict);
  const mean = (key: keyof Measure): number =>
    held.length > 0 ? held.reduce((sum, measure) => sum + measure[key], 0) / held.length : 0;
  const gold = total("gold");
  const predicted = total("predicted");
  return {
    micro: measure(total("exact"), predicted, total("exact"), gold),
    macro: { precision: mean("precision"), recall: mean("recall"), f1: mean("f1") },
    relaxed: measure(total("predictedTouched"), predicted, total("goldTouched"), gold),
  };
}

/** The strict measure of one type. */
export function strict(counts: Counts): Measure {
  return measure(counts.exact, counts.predicted, counts.exact, counts.gold);
}

/** Precision, recall and F1 from counts. */
export function measure(right: number, predicted: number, found: number, gold: number): Measure {
  const precision = predicted > 0 ? right / predicted : 0;
  const recall = gold > 0 ? found / gold : 0;
  const f1 = precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
  return { precision, recall, f1 };
}
