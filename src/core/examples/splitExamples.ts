import type { Language } from "../document/noteDocument.ts";
import type { Span } from "../document/span.ts";
import type { Example, ExampleSpan } from "../entity/example.ts";
import { splitSentences } from "../segment/sentences.ts";
import { searchTerms } from "./searchTerms.ts";

/** A text with its gold, and what to call it. */
export type ExampleSource = {
  readonly source: string;
  readonly text: string;
  /** In UTF-16 units. */
  readonly mentions: readonly ExampleSpan[];
};

/** Words that a sentence without a mention needs to be worth showing: headings and page numbers teach nothing. */
const LEAST_WORDS = 4;

/**
 * Cuts a document with gold into examples: sentences, or several where a mention runs over their border. Every
 * mention is in exactly one of them.
 * @param hash SHA-256 (hex) of a string
 */
export function splitExamples(
  { source, text, mentions }: ExampleSource,
  language: Language,
  hash: (text: string) => string,
): Example[] {
  return passages(splitSentences(text, language), mentions).flatMap(({ start, end }) => {
    const words = text.slice(start, end);
    const spans = mentions
      .filter((mention) => mention.start >= start && mention.start < end)
      .map((mention) => ({ type: mention.type, start: mention.start - start, end: mention.end - start }));
    if (spans.length === 0 && searchTerms(words).length < LEAST_WORDS) return [];
    return [makeExample({ text: words, spans, source, language }, hash)];
  });
}

/** An example with the id that its contents give it. */
export function makeExample(contents: Omit<Example, "id">, hash: (text: string) => string): Example {
  const { source, text, spans } = contents;
  const places = spans.map(({ type, start, end }) => [type, start, end]);
  return { id: hash(JSON.stringify([source, text, places])).slice(0, 16), ...contents };
}

/** The sentences, those joined over which a mention runs. */
function passages(sentences: readonly Span[], mentions: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const sentence of sentences) {
    const last = joined.at(-1);
    const isCut =
      last !== undefined && mentions.some(({ start, end }) => start < sentence.start && end > sentence.start);
    if (isCut) joined[joined.length - 1] = { start: last.start, end: sentence.end };
    else joined.push(sentence);
  }
  return joined;
}
