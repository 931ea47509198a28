import { compareSpans, contains, overlaps, type Span } from "../document/span.ts";
import { NotegrainError } from "../errors.ts";

/** What one line of symbolic tagging says: the text, and the spans of one type in it (UTF-16). */
export type BracketLine = {
  readonly type: string;
  readonly text: string;
  /** In document order, the outer one first. */
  readonly spans: readonly Span[];
};

/** In the text, what would be read as notation or would end the line; a backslash before it keeps it. */
const ESCAPES: Readonly<Record<string, string>> = { "[": "[", "]": "]", "\\": "\\", "\n": "n", "\r": "r" };
const UNESCAPES: Readonly<Record<string, string>> = { "[": "[", "]": "]", "\\": "\\", n: "\n", r: "\r" };

/**
 * Writes `type: the text with [entities in [nested] brackets]` (Unified BioNER, arXiv 2510.08902). Brackets of the
 * text itself get a backslash, so that they are never taken for an entity's.
 * @throws NG-INTERNAL where spans are empty, cross, or leave the text
 */
export function writeBracketLine({ type, text, spans }: BracketLine): string {
  const sorted = spans.toSorted(compareSpans);
  const open: Span[] = [];
  let line = `${type}: `;
  let at = 0;
  const copyTo = (end: number): void => {
    line += text.slice(at, end).replace(/[[\]\\\n\r]/g, (mark) => `\\${ESCAPES[mark]}`);
    at = end;
  };
  const closeUpTo = (offset: number): void => {
    for (let inner = open.at(-1); inner && inner.end <= offset; inner = open.at(-1)) {
      copyTo(inner.end);
      line += "]";
      open.pop();
    }
  };
  for (const span of sorted) {
    closeUpTo(span.start);
    const around = open.at(-1);
    const isCrossing = around !== undefined && overlaps(around, span) && !contains(around, span);
    if (span.start < 0 || span.start >= span.end || span.end > text.length || isCrossing) {
      throw new NotegrainError("NG-INTERNAL", { reason: "spans that brackets cannot show" });
    }
    copyTo(span.start);
    line += "[";
    open.push(span);
  }
  closeUpTo(text.length);
  copyTo(text.length);
  return line;
}

/**
 * Reads such a line back; null where it is none: no type, brackets that do not match or hold nothing, a backslash
 * before what needs none.
 */
export function readBracketLine(line: string): BracketLine | null {
  const head = /^([^:[\]\\\n\r]+): /.exec(line);
  const type = head?.[1];
  if (head === null || type === undefined) return null;
  const spans: Span[] = [];
  const open: number[] = [];
  let text = "";
  for (let at = head[0].length; at < line.length; at++) {
    const mark = line[at] ?? "";
    if (mark === "[") open.push(text.length);
    else if (mark === "]") {
      const start = open.pop();
      if (start === undefined || start === text.length) return null;
      spans.push({ start, end: text.length });
    } else if (mark === "\\") {
      at += 1;
      const kept = UNESCAPES[line[at] ?? ""];
      if (kept === undefined) return null;
      text += kept;
    } else if (mark === "\n" || mark === "\r") return null;
    else text += mark;
  }
  return open.length > 0 ? null : { type, text, spans: spans.sort(compareSpans) };
}
