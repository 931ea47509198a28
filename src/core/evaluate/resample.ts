import { createRandom } from "./random.ts";

/** Lower and upper bound that hold 95 % of the resampled values. */
export type Interval = readonly [number, number];

export type ResampleOptions = { readonly seed?: number; readonly resamples?: number };

/**
 * Values of a statistic over documents drawn with replacement (the bootstrap): `statistic` gets how many times each
 * document was drawn. Documents, not mentions, are drawn, for mentions of one note are not independent.
 */
export function bootstrap<Value>(
  documents: number,
  statistic: (weights: Uint32Array) => Value,
  { seed = 20, resamples = 1000 }: ResampleOptions = {},
): Value[] {
  const random = createRandom(seed);
  return Array.from({ length: resamples }, () => {
    const weights = new Uint32Array(documents);
    for (let i = 0; i < documents; i++) {
      const drawn = Math.floor(random() * documents);
      weights[drawn] = (weights[drawn] ?? 0) + 1;
    }
    return statistic(weights);
  });
}

/** The 2.5th and the 97.5th percentile, by nearest rank. */
export function interval95(values: readonly number[]): Interval {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return [at(0.025), at(0.975)];
}
