import type { Language } from "../document/noteDocument.ts";
import { contains, type Span } from "../document/span.ts";
import { isWord, type Token, tokenise } from "../document/tokens.ts";
import type { Entity } from "../entity/entity.ts";
import { linkRules } from "./linkRules.ts";

/** A sentence with its entities, in document order. */
export type LinkSentence = {
  readonly entities: readonly Entity[];
  readonly tokens: readonly Token[];
  readonly language: Language;
};

export function readSentence(
  text: string,
  span: Span,
  entities: readonly Entity[],
  language: Language,
): LinkSentence {
  return { entities, tokens: tokenise(text.slice(span.start, span.end), span.start), language };
}

/** What stands between two entities. */
export type Between = {
  /** Entities that lie wholly in between. */
  readonly entities: readonly Entity[];
  readonly separators: number;
  /** Words that are part of no entity, no separator, and not glue. */
  readonly looseWords: number;
  /** The tokens outside entities, as words. */
  readonly words: readonly string[];
};

/** Nothing stands between entities that overlap or nest. */
export function between(sentence: LinkSentence, a: Entity, b: Entity): Between {
  const [first, second] = a.start <= b.start ? [a, b] : [b, a];
  const gap = { start: first.end, end: second.start };
  const entities = sentence.entities.filter((entity) => contains(gap, entity));
  const words = sentence.tokens.filter(
    (token) => contains(gap, token) && !entities.some((entity) => contains(entity, token)),
  );
  const separators = linkRules.separators[sentence.language];
  const glue = linkRules.glue[sentence.language];
  const loose = words.filter(
    (token) => isWord(token) && !separators.has(token.text) && !glue.has(token.text),
  );
  return {
    entities,
    separators: words.filter((token) => separators.has(token.text)).length,
    looseWords: loose.length,
    words: words.map((token) => token.text),
  };
}
