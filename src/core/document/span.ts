/**
 * A stretch of text: half-open, in UTF-16 units, so that `text.slice(span.start, span.end)` is its words.
 * Every offset inside the program is of this kind; other units exist only in exports.
 */
export type Span = { readonly start: number; readonly end: number };

/** Document order: by start, and the longer (outer) span first where two start together. */
export function compareSpans(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end;
}

/** Whether `outer` covers all of `inner`; equal spans contain each other. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether the two share at least one unit; spans that only touch do not. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The same type of span over the same units. */
export function sameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}
