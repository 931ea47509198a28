import { overlapOf, searchTerms } from "./searchTerms.ts";

/** From which share of common terms on two texts say almost the same. */
const LEAST_OVERLAP = 0.8;
/** Texts looked at between two breaths. */
const BREATH = 200;

/** What a text is compared by. */
export const termSet = (text: string): ReadonlySet<string> => new Set(searchTerms(text));

export function sayAlmostTheSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return overlapOf(a, b) >= LEAST_OVERLAP;
}

/**
 * How many of the texts from index `from` on say almost the same as one before them. Follows prefix filtering
 * (Chaudhuri, Ganti and Kaushik, "A Primitive Operator for Similarity Joins in Data Cleaning", 2006): of two sets
 * that overlap enough, the rarest terms of one have a term in common with the rarest terms of the other, so that
 * only few pairs of texts are compared.
 * @param breathe called now and then: lets other work of this thread go on
 */
export async function countNearDuplicates(
  texts: readonly string[],
  from: number,
  breathe: () => Promise<void> = async () => {},
): Promise<number> {
  const frequency = new Map<string, number>();
  const sets: ReadonlySet<string>[] = [];
  for (const [index, text] of texts.entries()) {
    const terms = termSet(text);
    sets.push(terms);
    for (const term of terms) frequency.set(term, (frequency.get(term) ?? 0) + 1);
    if (index % BREATH === BREATH - 1) await breathe();
  }
  const rarestOf = (terms: ReadonlySet<string>): string[] =>
    [...terms]
      .toSorted((a, b) => (frequency.get(a) ?? 0) - (frequency.get(b) ?? 0) || (a < b ? -1 : 1))
      .slice(0, terms.size - Math.ceil(LEAST_OVERLAP * terms.size) + 1);
  const holders = new Map<string, ReadonlySet<string>[]>();
  let count = 0;
  for (const [index, terms] of sets.entries()) {
    const rarest = rarestOf(terms);
    const isLike = (other: ReadonlySet<string>) => sayAlmostTheSame(other, terms);
    if (index >= from && rarest.some((term) => holders.get(term)?.some(isLike))) count += 1;
    for (const term of rarest) {
      const known = holders.get(term);
      if (known) known.push(terms);
      else holders.set(term, [terms]);
    }
    if (index % BREATH === BREATH - 1) await breathe();
  }
  return count;
}
