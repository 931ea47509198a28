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
  for (const of of sorted) {
    while ((pieces[piece]?.end ?? Number.POSITIVE_INFINITY) <= of.start) piece += 1;
    let to = piece;
    while ((pieces[to]?.start ?? Number.POSITIVE_INFINITY) < of.end) to += 1;
    if (to === piece) continue;
    while ((sentences[sentence]?.to ?? Number.POSITIVE_INFINITY) <= piece) sentence += 1;
    let last = sentence;
    while ((sentences[last]?.to ?? Number.POSITIVE_INFINITY) < to) last += 1;
    const whole = { from: sentences[sentence]?.from ?? piece, to: sentences[last]?.to ?? to };
    const fitting = cutToFit(whole, { from: piece, to }, tokens, limit);
    if (fitting === null) continue;
    const key = `${fitting.from} ${fitting.to}`;
    const passage = found.get(key) ?? { ...fitting, candidates: [] };
    passage.candidates.push({ of, from: piece, to });
    found.set(key, passage);
  }
  return [...found.values()];
}

type Range = { readonly from: number; readonly to: number };

/** As much of `whole` around `inner` as fits; null where not even that does. */
function cutToFit(whole: Range, inner: Range, tokens: readonly number[], limit: number): Range | null {
  const sum = ({ from, to }: Range) => tokens.slice(from, to).reduce((total, count) => total + count, 0);
  if (sum(whole) <= limit) return whole;
  let { from, to } = inner;
  let room = limit - sum(inner);
  if (room < 0) return null;
  for (let grown = true; grown; ) {
    grown = false;
    const before = tokens[from - 1];
    if (from > whole.from && before !== undefined && before <= room) {
      from -= 1;
      room -= before;
      grown = true;
    }
    const after = tokens[to];
    if (to < whole.to && after !== undefined && after <= room) {
      to += 1;
      room -= after;
      grown = true;
    }
  }
  return { from, to };
}
