import type { Piece } from "../document/pieces.ts";
import type { Span } from "../document/span.ts";

/** A run of pieces, and the candidates to be judged in it. */
export type Passage<Candidate> = {
  /** Half-open piece indexes. */
  readonly from: number;
  readonly to: number;
  /** By where they begin; their own half-open piece indexes. */
  readonly candidates: { readonly of: Candidate; readonly from: number; readonly to: number }[];
};

/**
 * The sentences in which candidates stand, each once, with its candidates in order. One over a sentence's end gets
 * both sentences. Of a sentence that exceeds the limit a candidate gets as much as fits on both sides of it; one that
 * exceeds the limit itself is left out.
 * @param tokens of each piece
 * @param limit tokens that a passage may hold
 */
export function passagesOf<Candidate extends Span>(
  pieces: readonly Piece[],
  sentences: readonly { readonly from: number; readonly to: number }[],
  candidates: readonly Candidate[],
  tokens: readonly number[],
  limit: number,
): Passage<Candidate>[] {
  const found = new Map<string, Passage<Candidate>>();
  const sorted = candidates.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let piece = 0;
  let sentence = 0;
  const size = sizes(tokens);
  for (const candidate of sorted) {
    while ((pieces[piece]?.end ?? Number.POSITIVE_INFINITY) <= candidate.start) piece += 1;
    let to = piece;
    while ((pieces[to]?.start ?? Number.POSITIVE_INFINITY) < candidate.end) to += 1;
    if (to === piece) continue;
    while ((sentences[sentence]?.to ?? Number.POSITIVE_INFINITY) <= piece) sentence += 1;
    let last = sentence;
    while ((sentences[last]?.to ?? Number.POSITIVE_INFINITY) < to) last += 1;
    const whole = { from: sentences[sentence]?.from ?? piece, to: sentences[last]?.to ?? to };
    const fitting = cutToFit(whole, { from: piece, to }, size, limit);
    if (fitting === null) continue;
    const key = `${fitting.from} ${fitting.to}`;
    const passage = found.get(key) ?? { ...fitting, candidates: [] };
    passage.candidates.push({ of: candidate, from: piece, to });
    found.set(key, passage);
  }
  return [...found.values()];
}

type Range = { readonly from: number; readonly to: number };

/** Tokens of a range of pieces, whose numbers are added up once: a note in one line has a sentence of its length. */
function sizes(tokens: readonly number[]): (range: Range) => number {
  const sums = new Float64Array(tokens.length + 1);
  for (const [i, count] of tokens.entries()) sums[i + 1] = (sums[i] ?? 0) + count;
  return ({ from, to }) => (sums[to] ?? 0) - (sums[from] ?? 0);
}

/** As much of `whole` around `inner` as fits, a piece before and a piece after by turns; null where not even `inner` does. */
function cutToFit(whole: Range, inner: Range, size: (range: Range) => number, limit: number): Range | null {
  if (size(whole) <= limit) return whole;
  if (size(inner) > limit) return null;
  let { from, to } = inner;
  for (let held = 0; held < to - from; ) {
    held = to - from;
    if (from > whole.from && size({ from: from - 1, to }) <= limit) from -= 1;
    if (to < whole.to && size({ from, to: to + 1 }) <= limit) to += 1;
  }
  return { from, to };
}
