import { compareSpans } from "#core/document/span.ts";
import type { ExampleSpan } from "#core/entity/example.ts";

/** A text with its spans, as a person edits it. */
export type MarkedText = { readonly text: string; readonly spans: readonly ExampleSpan[] };

/**
 * Writes `took [Medication: aspirin] daily`; spans may be nested. Brackets and backslashes of the text itself get a
 * backslash.
 */
export function writeMarkup({ text, spans }: MarkedText): string {
  const sorted = spans.toSorted(compareSpans);
  let marked = "";
  for (let at = 0; at <= text.length; at++) {
    marked += "]".repeat(sorted.filter(({ end }) => end === at).length);
    for (const { type } of sorted.filter(({ start }) => start === at)) marked += `[${type}: `;
    marked += (text[at] ?? "").replace(/[[\]\\]/, "\\$&");
  }
  return marked;
}

/** Reads it back; null where brackets do not match, hold nothing or name no type. */
export function readMarkup(marked: string): MarkedText | null {
  const spans: ExampleSpan[] = [];
  const open: { readonly type: string; readonly start: number }[] = [];
  let text = "";
  for (let at = 0; at < marked.length; at++) {
    const mark = marked[at] ?? "";
    if (mark === "[") {
      const [head, type = ""] = /^\[\s*([^[\]\\:]*[^[\]\\:\s])\s*: ?/.exec(marked.slice(at)) ?? [];
      if (head === undefined) return null;
      open.push({ type, start: text.length });
      at += head.length - 1;
    } else if (mark === "]") {
      const last = open.pop();
      if (last === undefined || last.start === text.length) return null;
      spans.push({ type: last.type, start: last.start, end: text.length });
    } else if (mark === "\\") {
      at += 1;
      if (at === marked.length) return null;
      text += marked[at];
    } else text += mark;
  }
  return open.length > 0 ? null : { text, spans: spans.sort(compareSpans) };
}
