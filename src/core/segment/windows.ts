import type { Piece } from "../document/pieces.ts";

/** A stretch of pieces: half-open piece indexes. */
export type PieceRange = { readonly from: number; readonly to: number };

/**
 * What a model reads in one go: the pieces from–to. Mentions that start in ownFrom–ownTo are this window's; the
 * rest is context that another window owns. Half-open piece indexes.
 */
export type Window = PieceRange & { readonly ownFrom: number; readonly ownTo: number };

export type PackOptions = {
  /** Tokens that a window may hold. */
  readonly limit: number;
  /** Sentences that a window may hold, its context included; default: as many as fit. */
  readonly sentences?: number | undefined;
  /** Sentences of context before the window's own, as far as a quarter of the limit allows. */
  readonly overlap: number;
  /** How good it is to cut before a piece, where a sentence alone exceeds the limit; `cutRanks` makes it. */
  readonly cutRank?: (piece: number) => number;
};

/** The share of the limit that context may take on each side. */
const CONTEXT_SHARE = 4;

/**
 * Packs sentences into as few windows as they need, in order. Whole sentences, where they fit; a longer one is
 * cut at its best border and read beyond both ends. Every piece is owned by exactly one window, and none holds
 * more than `limit` tokens, unless a single piece does: it gets a window of its own, which the caller must leave
 * out of the coverage where the model cannot take it.
 * @throws RangeError where `sentences` do not cover the pieces in order.
 */
export function packWindows(
  tokenCounts: readonly number[],
  sentences: readonly PieceRange[],
  options: PackOptions,
): Window[] {
  checkCover(tokenCounts.length, sentences);
  const sums = prefixSums(tokenCounts);
  const tokens = (from: number, to: number) => (sums[to] ?? 0) - (sums[from] ?? 0);
  const windows: Window[] = [];
  let sentence = 0;
  while (sentence < sentences.length) {
    const first = sentences[sentence] as PieceRange;
    if (tokens(first.from, first.to) > options.limit) {
      windows.push(...cutSentence(first, tokens, options));
      sentence++;
      continue;
    }
    const room = Math.min(options.limit / CONTEXT_SHARE, options.limit - tokens(first.from, first.to));
    let from = first.from;
    const most = options.sentences ?? Number.POSITIVE_INFINITY;
    let held = 1;
    for (let back = 1; back <= options.overlap && held < most; back++) {
      const earlier = sentences[sentence - back];
      if (earlier === undefined || tokens(earlier.from, first.from) > room) break;
      from = earlier.from;
      held++;
    }
    let to = first.to;
    for (sentence++; sentence < sentences.length && held < most; sentence++) {
      const next = sentences[sentence] as PieceRange;
      if (tokens(from, next.to) > options.limit) break;
      to = next.to;
      held++;
    }
    windows.push({ from, to, ownFrom: first.from, ownTo: to });
  }
  return windows;
}

/** The windows of a sentence that exceeds the limit: each reads an eighth of the limit beyond both of its ends. */
function cutSentence(
  sentence: PieceRange,
  tokens: (from: number, to: number) => number,
  { limit, cutRank = () => 0 }: PackOptions,
): Window[] {
  const margin = limit / (2 * CONTEXT_SHARE);
  const windows: Window[] = [];
  let ownFrom = sentence.from;
  while (ownFrom < sentence.to) {
    let from = ownFrom;
    while (from > sentence.from && tokens(from - 1, ownFrom) <= margin) from--;
    let last = ownFrom + 1;
    while (last < sentence.to && tokens(from, last + 1) <= limit - margin) last++;
    // What remains may fit without the margin after it.
    const ownTo = tokens(from, sentence.to) <= limit ? sentence.to : bestCut(ownFrom, last, cutRank);
    if (tokens(from, ownTo) > limit) from = ownFrom;
    let to = ownTo;
    while (to < sentence.to && tokens(from, to + 1) <= Math.min(limit, tokens(from, ownTo) + margin)) to++;
    windows.push({ from, to, ownFrom, ownTo });
    ownFrom = ownTo;
  }
  return windows;
}

/** The best-ranked border in the second half of ownFrom–last, the latest of equals. */
function bestCut(ownFrom: number, last: number, cutRank: (piece: number) => number): number {
  let best = last;
  for (let cut = last - 1; cut > (ownFrom + last) / 2; cut--) {
    if (cutRank(cut) > cutRank(best)) best = cut;
  }
  return best;
}

/** Ranks the border before each piece: 2 after a line break, 1 after a mark, else 0. */
export function cutRanks(pieces: readonly Piece[]): (piece: number) => number {
  return (index) => {
    const piece = pieces[index];
    const previous = pieces[index - 1];
    if (piece === undefined || previous === undefined) return 0;
    if (piece.view.startsWith("\n")) return 2;
    return /^[\s]?[\p{P}\p{S}]/u.test(previous.view) ? 1 : 0;
  };
}

function prefixSums(tokenCounts: readonly number[]): Float64Array {
  const sums = new Float64Array(tokenCounts.length + 1);
  tokenCounts.forEach((count, index) => {
    sums[index + 1] = (sums[index] ?? 0) + count;
  });
  return sums;
}

function checkCover(pieces: number, sentences: readonly PieceRange[]): void {
  let next = 0;
  for (const { from, to } of sentences) {
    if (from !== next || to <= from)
      throw new RangeError(`sentences do not follow each other at piece ${next}`);
    next = to;
  }
  if (next !== pieces) throw new RangeError(`sentences end at piece ${next} of ${pieces}`);
}
