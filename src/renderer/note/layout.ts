import type { Span } from "#core/document/span.ts";
import type { Section } from "#core/entity/extraction.ts";

/** A part of a line that is painted by itself. Most lines are one chunk; very long ones are several. */
export type Chunk = Span & { readonly index: number };

/** A line of the note as the page shows it. */
export type Line = {
  /** UTF-16; `end` is before the line break, `next` after it. */
  readonly start: number;
  readonly end: number;
  readonly next: number;
  readonly chunks: readonly Chunk[];
  /** The line holds a section's title. */
  readonly heading: boolean;
};

export type NoteLayout = { readonly lines: readonly Line[]; readonly chunks: readonly Chunk[] };

/** Units after which a line is cut into a further chunk, at the next white space. */
const CHUNK_UNITS = 600;

/** Cuts the text into lines, by CRLF, LF or CR. Every unit is in one line or in one line break. */
export function layOut(text: string, sections: readonly Section[]): NoteLayout {
  const titles = sections.filter((section) => section.title.end > section.title.start);
  let title = 0;
  const chunks: Chunk[] = [];
  const lines: Line[] = [];
  for (const { start, end, next } of lineSpans(text)) {
    while ((titles[title]?.title.end ?? Number.POSITIVE_INFINITY) <= start) title += 1;
    const own = cutLine(text, start, end, chunks.length);
    for (const chunk of own) chunks.push(chunk);
    lines.push({ start, end, next, chunks: own, heading: isHeading(text, titles[title]?.title, start, end) });
  }
  return { lines, chunks };
}

/** Only a title that fills its line is shown as a heading; "Allergies: none" stays a line of text. */
function isHeading(text: string, title: Span | undefined, start: number, end: number): boolean {
  return (
    title !== undefined &&
    start <= title.start &&
    title.end <= end &&
    /^[\s:：.#*=_-]*$/u.test(text.slice(start, title.start) + text.slice(title.end, end))
  );
}

function lineSpans(text: string): { start: number; end: number; next: number }[] {
  const lines: { start: number; end: number; next: number }[] = [];
  let start = 0;
  for (const match of text.matchAll(/\r\n|\n|\r/g)) {
    lines.push({ start, end: match.index, next: match.index + match[0].length });
    start = match.index + match[0].length;
  }
  if (start < text.length || lines.length === 0) lines.push({ start, end: text.length, next: text.length });
  return lines;
}

function cutLine(text: string, start: number, end: number, index: number): Chunk[] {
  const chunks: Chunk[] = [];
  let from = start;
  while (from < end || chunks.length === 0) {
    const to = end - from <= CHUNK_UNITS * 1.5 ? end : cutPoint(text, from + CHUNK_UNITS, end);
    chunks.push({ index: index + chunks.length, start: from, end: to });
    from = to;
  }
  return chunks;
}

/** After the next white space or Han full stop, else after a whole number of characters. */
function cutPoint(text: string, from: number, end: number): number {
  const found = text.slice(from, Math.min(end, from + CHUNK_UNITS)).search(/[\s。；，]/u);
  if (found >= 0) return from + found + 1;
  return text.codePointAt(from - 1) !== undefined && (text.codePointAt(from - 1) ?? 0) > 0xffff
    ? from + 1
    : from;
}

/** The index of the chunk that holds `offset`; a line break belongs to the chunk before it. */
export function chunkAt(chunks: readonly Chunk[], offset: number): number {
  let low = 0;
  let high = chunks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((chunks[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
