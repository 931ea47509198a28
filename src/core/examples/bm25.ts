import { searchTerms } from "./searchTerms.ts";

/** How soon a repeated term stops counting, and how much a long text is held against it: the customary values. */
const K1 = 1.2;
const B = 0.75;

/** An index by words. */
export type Bm25 = {
  /** A score for each text: Okapi BM25, divided by what the query would score itself, so that 1 is the same text. */
  scores(query: string): Float32Array;
};

/** Collects texts for an index, one after the other. */
export type Bm25Builder = { add(text: string): void; finish(): Bm25 };

/** Follows Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009). */
export function buildBm25(): Bm25Builder {
  const postings = new Map<string, { readonly texts: number[]; readonly counts: number[] }>();
  const lengths: number[] = [];
  return {
    add(text) {
      const terms = searchTerms(text);
      const number = lengths.push(terms.length) - 1;
      for (const [term, count] of countTerms(terms)) {
        const posting = postings.get(term);
        if (posting) {
          posting.texts.push(number);
          posting.counts.push(count);
        } else {
          postings.set(term, { texts: [number], counts: [count] });
        }
      }
    },
    finish() {
      const size = lengths.length;
      const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, size) || 1;
      const norms = Float32Array.from(lengths, (length) => K1 * (1 - B + (B * length) / average));
      const rarity = (found: number) => Math.log(1 + (size - found + 0.5) / (found + 0.5));
      return {
        scores(query) {
          const scores = new Float32Array(size);
          const terms = searchTerms(query);
          const ownNorm = K1 * (1 - B + (B * terms.length) / average);
          let own = 0;
          for (const [term, count] of countTerms(terms)) {
            const posting = postings.get(term);
            const weight = rarity(posting?.texts.length ?? 0) * (K1 + 1);
            own += (weight * count) / (count + ownNorm);
            posting?.texts.forEach((number, at) => {
              const times = posting.counts[at] as number;
              scores[number] =
                (scores[number] as number) + (weight * times) / (times + (norms[number] as number));
            });
          }
          if (own > 0) for (let i = 0; i < size; i++) scores[i] = Math.min(1, (scores[i] as number) / own);
          return scores;
        },
      };
    },
  };
}

function countTerms(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
