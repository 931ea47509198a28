/** How many values fall into each of `bins` equal parts of the scale from 0 to 1; 1 is in the last. */
export function histogram(values: readonly (number | null)[], bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    if (value === null) continue;
    const bin = Math.min(bins - 1, Math.floor(value * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
