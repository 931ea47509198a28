import type { Span } from "#core/document/span.ts";

/** Every place of `words` in the text, whatever their case, from left to right; none overlaps the next. */
export function findWords(text: string, words: string): Span[] {
  if (words === "") return [];
  const literal = words.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return [...text.matchAll(new RegExp(literal, "giu"))].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
}

/** Those of the sorted `spans` that share a unit with `range`, cut to it. */
export function spansWithin(spans: readonly Span[], range: Span): Span[] {
  if (range.start >= range.end) return [];
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) <= range.start) low = middle + 1;
    else high = middle;
  }
  const within: Span[] = [];
  for (let at = low; at < spans.length; at += 1) {
    const span = spans[at];
    if (span === undefined || span.start >= range.end) break;
    within.push({ start: Math.max(span.start, range.start), end: Math.min(span.end, range.end) });
  }
  return within;
}
