import type { Span } from "#core/document/span.ts";
import { type SearchTerm, WORD } from "./words.ts";

/** UTF-16 units shown before the first word found, and in all. */
const BEFORE = 60;
const LENGTH = 200;
/** The index knows the whole note; only the words shown of it are looked for no further than this (a tenth of a second). */
const SCANNED = 2_000_000;

export type Snippet = {
  readonly snippet: { readonly start: number; readonly text: string };
  readonly found: readonly Span[];
};

/**
 * The stretch of `text` around the first word found, with the spans of all words found in it; the beginning
 * of the note where it is the name that matched.
 */
export function makeSnippet(text: string, terms: readonly SearchTerm[]): Snippet {
  const matches = findWords(text.slice(0, SCANNED), terms);
  const first = matches.next().value;
  const start = onCharacter(text, Math.max(0, (first?.start ?? 0) - BEFORE));
  const end = onCharacter(text, Math.min(text.length, start + LENGTH));
  const found: Span[] = [];
  for (let span = first; span && span.end <= end; span = matches.next().value) found.push(span);
  return { snippet: { start, text: text.slice(start, end) }, found };
}

function* findWords(text: string, terms: readonly SearchTerm[]): Generator<Span, undefined> {
  const han = terms.filter((term) => term.han).map((term) => term.text);
  const words = terms.filter((term) => !term.han).map((term) => fold(term.text));
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const folded = fold(word);
    if (words.some((start) => (start.length > 1 ? folded.startsWith(start) : folded === start))) {
      yield { start: index, end: index + word.length };
    } else {
      yield* findHan(word, index, han);
    }
  }
}

/** Every place of the run `word` where one of the Han terms stands, the longest one at each. */
function* findHan(word: string, index: number, terms: readonly string[]): Generator<Span, undefined> {
  for (let at = 0; at < word.length; ) {
    const length = Math.max(
      0,
      ...terms.filter((term) => word.startsWith(term, at)).map((term) => term.length),
    );
    if (length > 0) yield { start: index + at, end: index + at + length };
    at += Math.max(1, length);
  }
}

/** A word as the index compares it: case, width and accents aside. */
function fold(word: string): string {
  const lower = word.toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: plain ASCII needs no further work
  if (/^[\x00-\x7f]*$/.test(lower)) return lower;
  return lower.normalize("NFKD").replace(/\p{M}/gu, "");
}

/** `offset`, or one unit earlier where it would cut a surrogate pair. */
function onCharacter(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return offset > 0 && code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset;
}
