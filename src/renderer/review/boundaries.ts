import type { Span } from "#core/document/span.ts";

export type Edge = "start" | "end";
export type Unit = "word" | "character";

/** UTF-16 units around an offset that are looked at for words; longer than any word of a note. */
const REACH = 300;

const segmenters = {
  // The language matters little here: the segmenter has a dictionary for Han in every locale.
  word: new Intl.Segmenter("en", { granularity: "word" }),
  character: new Intl.Segmenter("en", { granularity: "grapheme" }),
};

/**
 * The span with one edge moved by a word (a mark such as "%" counts as one) or by a character as readers see
 * it. White space is never an edge of a word move. The span as it was where there is no room to move.
 */
export function moveEdge(text: string, span: Span, edge: Edge, direction: -1 | 1, unit: Unit): Span {
  const stops = stopsNear(text, span[edge], edge, unit);
  const target =
    direction === 1 ? stops.find((stop) => stop > span[edge]) : stops.findLast((stop) => stop < span[edge]);
  if (target === undefined) return span;
  const moved = { ...span, [edge]: target };
  return isMention(text, moved) ? { start: moved.start, end: moved.end } : span;
}

/** The offset nearest to `offset` where a word begins (or, for the end edge, ends); for dragging. */
export function nearestStop(text: string, offset: number, edge: Edge, unit: Unit): number {
  const stops = stopsNear(text, offset, edge, unit);
  return stops.reduce(
    (best, stop) => (Math.abs(stop - offset) < Math.abs(best - offset) ? stop : best),
    stops[0] ?? offset,
  );
}

/** What a person selected, without the white space at its edges and with whole characters; null where nothing is left. */
export function tidySelection(text: string, selected: Span): Span | null {
  let { start, end } = selected;
  const starts = stopsNear(text, start, "start", "character");
  const ends = stopsNear(text, end, "end", "character");
  start = starts.findLast((stop) => stop <= start) ?? start;
  end = ends.find((stop) => stop >= end) ?? end;
  while (start < end && /\s/.test(text[start] ?? "")) start += 1;
  while (end > start && /\s/.test(text[end - 1] ?? "")) end -= 1;
  return isMention(text, { start, end }) ? { start, end } : null;
}

/** The first word that begins at `offset` or after it, for selecting without a pointer. */
export function wordFrom(text: string, offset: number): Span | null {
  const start = stopsNear(text, offset, "start", "word").find((stop) => stop >= offset);
  if (start === undefined) return null;
  const end = stopsNear(text, start, "end", "word").find((stop) => stop > start);
  return end === undefined ? null : { start, end };
}

/** The word before or after a selection. The selection as it was at either end of the note. */
export function neighbourWord(text: string, span: Span, direction: -1 | 1): Span {
  if (direction === 1) return wordFrom(text, span.end) ?? span;
  const start = stopsNear(text, span.start, "start", "word").findLast((stop) => stop < span.start);
  return start === undefined ? span : (wordFrom(text, start) ?? span);
}

function isMention(text: string, { start, end }: Span): boolean {
  return start < end && text.slice(start, end).trim() !== "";
}

/** Where an edge may stand near `offset`, in order. */
function stopsNear(text: string, offset: number, edge: Edge, unit: Unit): number[] {
  let from = Math.max(0, offset - REACH);
  // Begin at a break, so that the first segment is whole.
  if (from > 0) {
    const gap = text.slice(from, offset).search(/[\s。，；]/u);
    from = gap >= 0 ? from + gap : from + (text.slice(from, from + 1).isWellFormed() ? 0 : 1);
  }
  const stops: number[] = [];
  for (const { segment, index } of segmenters[unit].segment(text.slice(from, offset + REACH))) {
    if (unit === "word" && segment.trim() === "") continue;
    const at = from + index;
    stops.push(edge === "start" ? at : at + segment.length);
  }
  return stops;
}
