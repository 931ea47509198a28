/**
 * The indexes of the highest scores, best first; of equal ones the lower index first.
 * @param accepts whether an index counts at all
 */
export function bestIndexes(
  scores: ArrayLike<number>,
  limit: number,
  accepts: (index: number) => boolean,
): number[] {
  const best: number[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index] as number;
    if ((best.length >= limit && score <= least) || !accepts(index)) continue;
    let at = best.length;
    while (at > 0 && (scores[best[at - 1] as number] as number) < score) at -= 1;
    best.splice(at, 0, index);
    if (best.length > limit) best.pop();
    least = scores[best.at(-1) as number] as number;
  }
  return limit > 0 ? best : [];
}
