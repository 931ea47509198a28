import type { Language } from "../document/noteDocument.ts";
import { LINE_BREAK, WHITE } from "../document/pieces.ts";
import type { Span } from "../document/span.ts";
import { type Abbreviations, abbreviations } from "./abbreviations.ts";
import { endsSentence, itemNumber } from "./fullStop.ts";
import { findHeadings } from "./headings.ts";
import { findLines, isWrapped, wrapWidth } from "./lines.ts";

const CLOSERS = "[\"”’'」』）)\\]】》]";
/** End marks with the combining marks, closing quotes and brackets that belong to them. */
const STOP = new RegExp(`(?<marks>[.!?]+)\\p{M}*(?:${CLOSERS}\\p{M}*)*,?`, "gu");
const STOP_ZH = new RegExp(`(?<marks>[。！？；;!?]+|\\.)\\p{M}*(?:${CLOSERS}\\p{M}*)*`, "gu");
const INK = new RegExp(`[^${WHITE}]`, "u");

/**
 * The sentences of a note, in order, without the white space around them. Every other unit of the text is in
 * exactly one; none begins or ends inside a piece. Headings and list items begin one, a wrapped line does not.
 */
export function splitSentences(text: string, language: Language): Span[] {
  const words = abbreviations(language);
  const hard = hardBorders(text, language, words);
  const sentences: Span[] = [];
  let start = 0;
  for (const border of [...hard, text.length]) {
    for (const inner of softBorders(text, start, border, language, words)) {
      push(sentences, text, start, inner);
      start = inner;
    }
    push(sentences, text, start, border);
    start = border;
  }
  return sentences;
}

/** Adds `start`–`end` without the white space around it, if anything is left. */
function push(sentences: Span[], text: string, start: number, end: number): void {
  let [from, to] = [start, end];
  while (from < to && !INK.test(text[from] ?? "")) from++;
  while (to > from && !INK.test(text[to - 1] ?? "")) to--;
  if (to > from) sentences.push({ start: from, end: to });
}

/** Where a heading starts, and the line breaks that are no wraps: sorted, without repeats. */
function hardBorders(text: string, language: Language, words: Abbreviations): number[] {
  const headings = findHeadings(text, language);
  const borders = headings.map((heading) => heading.from);
  const headingEnds = new Set(headings.map((heading) => heading.body));
  const headingStarts = new Set(borders);
  const lines = findLines(text);
  const width = wrapWidth(lines);
  lines.forEach((line, index) => {
    const previous = lines[index - 1];
    if (previous === undefined) return;
    const free =
      breaksBetween(text, previous.end, line.start) > 1 ||
      headingStarts.has(line.start) ||
      headingEnds.has(previous.end) ||
      !isWrapped(text, previous, line, width, words);
    if (free) borders.push(line.start);
  });
  return [...new Set(borders)].sort((a, b) => a - b);
}

function breaksBetween(text: string, from: number, to: number): number {
  return text.slice(from, to).replaceAll("\r\n", "\n").split(LINE_BREAK).length - 1;
}

/** Where a sentence ends between `start` and `end`: after end marks, and before the items of a run-on list. */
function* softBorders(
  text: string,
  start: number,
  end: number,
  language: Language,
  words: Abbreviations,
): Generator<number> {
  const stops = new RegExp(language === "zh" ? STOP_ZH : STOP);
  let sentenceStart = skipWhite(text, start, end);
  let nextItem: number | null = null;
  stops.lastIndex = sentenceStart;
  for (let match = stops.exec(text); match !== null && match.index < end; match = stops.exec(text)) {
    const marks = match.groups?.marks ?? "";
    const stopEnd = match.index + match[0].length;
    if (stopEnd >= end) return;
    const stop = { marks, start: match.index, end: stopEnd };
    const item = marks === "." ? itemNumber(text, match.index, sentenceStart) : null;
    if (item !== null && opensList(text, item, sentenceStart, nextItem)) {
      nextItem = item.number + 1;
      continue;
    }
    if (item !== null && item.number === nextItem) {
      nextItem++;
      yield item.start;
      sentenceStart = item.start;
      continue;
    }
    const ends = language === "zh" ? endsChinese(text, stop) : endsSentence(text, stop, sentenceStart, words);
    if (!ends) continue;
    yield stopEnd;
    sentenceStart = skipWhite(text, stopEnd, end);
  }
}

/** Whether the number stands where an item begins: at the start of the sentence, or after "Diagnoses:" or a comma. */
function opensList(
  text: string,
  item: { number: number; start: number },
  sentenceStart: number,
  nextItem: number | null,
): boolean {
  const before = text.slice(Math.max(sentenceStart, item.start - 4), item.start).trim();
  return before === "" || (/[,:;]$/.test(before) && (item.number === 1 || item.number === nextItem));
}

/** In Chinese the marks always end; a dot between Han characters stands for 。, any other is part of a number or name. */
function endsChinese(text: string, stop: { marks: string; start: number; end: number }): boolean {
  if (stop.marks !== ".") return true;
  const before = text[stop.start - 1] ?? "";
  const after = text[stop.end] ?? "";
  return /[\p{Script=Han})）”℃%％]/u.test(before) && /[\p{Script=Han}\s]/u.test(after);
}

function skipWhite(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && !INK.test(text[at] ?? "")) at++;
  return at;
}
