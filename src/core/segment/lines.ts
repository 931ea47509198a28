import type { Abbreviations } from "./abbreviations.ts";

/** A line without its break and the white space around it. UTF-16 offsets. */
export type Line = { readonly start: number; readonly end: number };

/** Wider lines are paragraphs of their own; a narrower "width" comes from a list. */
const MAX_WIDTH = 140;
const MIN_WIDTH = 24;
/** How near to the width the lines of wrapped text end, in UTF-16 units: about a word. */
const RAGGED = 14;

const LINE = /[^\n\v\f\r\u0085\u2028\u2029]+/g;
const BULLET =
  /^(?:[•·▪●■◆○*+–—-]\s|[#>]|\(?\d{1,2}[.)、．]\s?(?!\d)|\(?[a-zA-Z][.)]\s|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[①-⑳]|[【[［])/u;
const LABEL = /^[\p{L}][^.。,，:：]{0,40}[:：]/u;
const END_MARK = /[.!?。！？;；:：]["”’')\]）】」』]*$/u;

/** The lines of `text` that hold more than white space. */
export function findLines(text: string): Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(LINE)) {
    const kept = match[0].trim();
    if (kept === "") continue;
    const start = match.index + match[0].indexOf(kept);
    lines.push({ start, end: start + kept.length });
  }
  return lines;
}

/**
 * The width at which the lines were wrapped by hand or by an export, or null where they were not: a twentieth of
 * the lines may stick out, and a fair share must end within a word of the margin.
 */
export function wrapWidth(lines: readonly Line[]): number | null {
  if (lines.length < 3) return null;
  const lengths = lines.map((line) => line.end - line.start).sort((a, b) => b - a);
  const width = lengths[Math.floor(lengths.length / 20)] ?? 0;
  if (width > MAX_WIDTH || width < MIN_WIDTH) return null;
  const near = lengths.filter((length) => length >= width - RAGGED).length;
  return near >= 3 && near * 4 >= lengths.length ? width : null;
}

/** Whether the line break between two lines that follow each other directly is only a wrap. */
export function isWrapped(
  text: string,
  line: Line,
  next: Line,
  width: number | null,
  words: Abbreviations,
): boolean {
  const above = text.slice(line.start, line.end);
  const below = text.slice(next.start, Math.min(next.end, next.start + 60));
  if (END_MARK.test(above) && !endsWithAbbreviation(above, words)) return false;
  if (BULLET.test(below)) return false;
  const first = firstWord(below);
  const lower = /^[\p{Ll}\d(]/u.test(below);
  if (words.joinAfter.has(lastWord(above))) return true;
  if (words.joinBefore.has(first.toLowerCase()) && !/^\p{Lu}/u.test(first)) return true;
  if (LABEL.test(below)) return false;
  const length = line.end - line.start;
  if (width !== null) return length + 1 + first.length > width - (lower ? RAGGED : 0);
  // Too few lines to know the width: a long line that goes on in small letters was wrapped.
  return lower && length >= 50 && length <= MAX_WIDTH && !/^\d/.test(below);
}

/** "mg." or "Dr." at the end of a line need not end the sentence. */
function endsWithAbbreviation(line: string, words: Abbreviations): boolean {
  return line.endsWith(".") && words.neverEnd.has(lastWord(line.slice(0, -1)));
}

function lastWord(line: string): string {
  return (/(?:\p{L}+|[、，,])$/u.exec(line)?.[0] ?? "").toLowerCase();
}

/** The first word, a single character in Chinese. */
function firstWord(line: string): string {
  return /^(?:\p{Script=Han}|[^\s\p{Script=Han}]+)/u.exec(line)?.[0] ?? "";
}
