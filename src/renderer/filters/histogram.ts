import type { Entity } from "#core/entity/entity.ts";

/** How many entities fall into each of `bins` equal parts of the confidence scale; 1 is in the last. */
export function confidenceHistogram(entities: readonly Entity[], bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const { confidence } of entities) {
    if (confidence === null) continue;
    const bin = Math.min(bins - 1, Math.floor(confidence * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
