import type { CaseRow } from "#contract/records.ts";

/** UTF-16 units of the note to show before the words that matched: so many that these stand on the first line. */
const unitsBefore = 24;

/** Where a search matched, in three parts; what stands before is cut at a word, so that the match is in view. */
export function shownSnippet(snippet: NonNullable<CaseRow["snippet"]>): {
  readonly before: string;
  readonly hit: string;
  readonly after: string;
} {
  const { text, start, end } = snippet;
  const all = text.slice(0, start).trimStart();
  return { before: lastWords(all), hit: text.slice(start, end), after: text.slice(end).trimEnd() };
}

function lastWords(text: string): string {
  if (text.length <= unitsBefore) return text;
  const tail = text.slice(-unitsBefore);
  // Chinese has no blanks to cut at; there, only a pair of surrogates must not be cut in two.
  const blank = tail.search(/\s/u);
  const cut = blank < 0 ? tail.replace(/^[\uDC00-\uDFFF]/, "") : tail.slice(blank + 1);
  return `… ${cut}`;
}
