import { searchTerms } from "./searchTerms.ts";

/** Texts looked at between two breaths. */
const BREATH = 200;

/** What a text is compared by. */
export const termSet = (text: string): ReadonlySet<string> => new Set(searchTerms(text));

/**
 * Whether two texts have at least four fifths of all their terms in common (Jaccard): nine terms of both together
 * then hold four that they share. Most pairs are given up at the first terms that the other lacks.
 */
export function sayAlmostTheSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let spare = small.size - Math.ceil((4 * (a.size + b.size)) / 9);
  if (spare < 0) return false;
  for (const term of small) {
    if (!large.has(term)) spare -= 1;
    if (spare < 0) return false;
  }
  return true;
}

/** Of so many terms, as many as a text that says almost the same cannot all lack. */
const tellingTerms = (terms: number): number => terms - Math.ceil((4 * terms) / 5) + 1;

/**
 * How many of the texts from index `from` on say almost the same as one before them. Follows prefix filtering
 * (Chaudhuri, Ganti and Kaushik, "A Primitive Operator for Similarity Joins in Data Cleaning", 2006): of two sets
 * that overlap enough, each has one of the rarest terms of the other, so that only few pairs of texts are compared.
 * Of the older texts nothing is kept: each is cut into terms, held against the new ones, and forgotten.
 * @param breathe called now and then: lets other work of this thread go on
 */
export async function countNearDuplicates(
  texts: readonly string[],
  from: number,
  breathe: () => Promise<void> = async () => {},
): Promise<number> {
  async function inTurn<Item>(items: readonly Item[], work: (item: Item, index: number) => void) {
    for (const [index, item] of items.entries()) {
      work(item, index);
      if (index % BREATH === BREATH - 1) await breathe();
    }
  }
  const added: ReadonlySet<string>[] = [];
  const frequency = new Map<string, number>();
  await inTurn(texts.slice(from), (text) => {
    const terms = termSet(text);
    added.push(terms);
    for (const term of terms) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  });
  const rarest: (readonly string[])[] = [];
  /** The new texts that have a term among their rarest. */
  const holders = new Map<string, number[]>();
  await inTurn(added, (terms, index) => {
    const own = [...terms]
      .toSorted((a, b) => (frequency.get(a) ?? 0) - (frequency.get(b) ?? 0) || (a < b ? -1 : 1))
      .slice(0, tellingTerms(terms.size));
    rarest.push(own);
    for (const term of own) {
      const known = holders.get(term);
      if (known) known.push(index);
      else holders.set(term, [index]);
    }
  });
  const near = new Set<number>();
  /** Finds the new texts after `index` that say almost the same, among those that hold one of `some`. */
  function hold(terms: ReadonlySet<string>, some: Iterable<string>, index: number): void {
    for (const term of some) {
      for (const other of holders.get(term) ?? []) {
        if (other <= index || near.has(other)) continue;
        if (sayAlmostTheSame(terms, added[other] ?? new Set())) near.add(other);
      }
    }
  }
  await inTurn(texts.slice(0, from), (text) => {
    const terms = termSet(text);
    hold(terms, terms, -1);
  });
  await inTurn(added, (terms, index) => hold(terms, rarest[index] ?? [], index));
  return near.size;
}
