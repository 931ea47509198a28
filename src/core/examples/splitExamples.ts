import type { Language } from "../document/noteDocument.ts";
import { overlaps, type Span } from "../document/span.ts";
import type { Example, ExampleSpan } from "../entity/example.ts";
import { splitSentences } from "../segment/sentences.ts";
import type { ExampleFault } from "./checkExamples.ts";
import { searchTerms } from "./searchTerms.ts";

/** A text with its gold, and what to call it. */
export type ExampleSource = {
  readonly source: string;
  readonly text: string;
  /** In UTF-16 units. */
  readonly mentions: readonly ExampleSpan[];
  /** Places where the source itself says that its words are others. */
  readonly slips?: readonly Span[];
  /** Types that it was read for, where not for every one. */
  readonly readFor?: readonly string[];
};

/** An example as it was cut, with what is wrong with it already there. */
export type CutExample = Example & { readonly fault?: ExampleFault };

/** Words that a sentence without a mention needs to be worth showing: headings and page numbers teach nothing. */
const LEAST_WORDS = 4;

/**
 * Cuts a document with gold into examples: sentences, or several where a mention runs over their border. Every
 * mention is in exactly one of them.
 * @param hash SHA-256 (hex) of a string
 */
export function splitExamples(
  { source, text, mentions, slips = [], readFor }: ExampleSource,
  language: Language,
  hash: (text: string) => string,
): CutExample[] {
  return passages(splitSentences(text, language), mentions).flatMap(({ start, end }): CutExample[] => {
    const words = text.slice(start, end);
    const spans = mentions
      .filter((mention) => mention.start >= start && mention.start < end)
      .map((mention) => ({ type: mention.type, start: mention.start - start, end: mention.end - start }));
    if (spans.length === 0 && searchTerms(words).length < LEAST_WORDS) return [];
    const example = makeExample({ text: words, spans, source, language, ...(readFor && { readFor }) }, hash);
    const hasSlip = slips.some((slip) => overlaps(slip, { start, end }));
    return [hasSlip ? { ...example, fault: "EXAMPLE-OTHER-WORDS" } : example];
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
