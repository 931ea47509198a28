import type { Language } from "../document/noteDocument.ts";
import { contains, overlaps, type Span } from "../document/span.ts";
import { type Token, tokenise } from "../document/tokens.ts";
import { bySentence } from "../entity/bySentence.ts";
import type { Assertion, Entity } from "../entity/entity.ts";
import type { Section } from "../entity/extraction.ts";
import { type AssertionRules, assertionRules } from "./assertionRules.ts";
import { decide } from "./decide.ts";
import { sidesOf } from "./distance.ts";
import type { Reading } from "./reading.ts";
import { findTriggers } from "./triggers.ts";
import { groupOf } from "./values.ts";

const LIST_ITEM = /^(?:[-•*·–+]|\(?\d{1,2}[.)、]|[a-z][.)])\s*/u;

export type AssertInput = {
  readonly text: string;
  readonly language: Language;
  readonly sections: readonly Section[];
  /** In order, without overlaps. */
  readonly sentences: readonly Span[];
  readonly entities: readonly Entity[];
};

/**
 * The entities with how the note speaks of them, by the ConText algorithm (Harkema et al., J Biomed Inform 2009;
 * 42:839–851) on rules that are data. Null where nothing can be said: for a type that is neither present nor
 * absent (a dose, a date), for a type of the user's own, and for a language without rules.
 */
export function assertAll({ text, language, sections, sentences, entities }: AssertInput): Entity[] {
  const rules = assertionRules(language);
  if (rules === undefined) return entities.map((entity) => ({ ...entity, assertion: null }));
  const assertions = new Map<Entity, Assertion>();
  const introduced = listItems(text, sentences);
  for (const { span, members } of bySentence(sentences, entities)) {
    if (!members.some((entity) => groupOf(entity.type) !== undefined)) continue;
    const spans = [introduced.get(span.start) ?? [], span].flat();
    const reading = readSentence(text, spans, sections, members, rules);
    const sides = sidesOf(reading);
    for (const entity of reading.entities) {
      assertions.set(entity, decide(reading, sides, entity, sectionAt(sections, entity.start)));
    }
  }
  return entities.map((entity) => ({ ...entity, assertion: assertions.get(entity) ?? null }));
}

/** For the start of each list item the line that introduces the list: "Denies:". */
function listItems(text: string, sentences: readonly Span[]): Map<number, Span> {
  const items = new Map<number, Span>();
  let lead: Span | null = null;
  let previousEnd = 0;
  for (const span of sentences) {
    const words = text.slice(span.start, span.end);
    if (!LIST_ITEM.test(words) || /\n\s*\n/.test(text.slice(previousEnd, span.start))) lead = null;
    if (lead !== null) items.set(span.start, lead);
    if (/[:：]$/.test(words)) lead = span;
    previousEnd = span.end;
  }
  return items;
}

/** Tokens and triggers of the sentence, without titles: "History of present illness" makes nothing historical. */
function readSentence(
  text: string,
  spans: readonly Span[],
  sections: readonly Section[],
  entities: readonly Entity[],
  rules: AssertionRules,
): Reading {
  const tokens = spans
    .flatMap((span) => tokenise(text.slice(span.start, span.end), span.start))
    .filter((token) => !isTitle(token, sections));
  const applicable = entities.filter((entity) => groupOf(entity.type) !== undefined);
  const partOf = tokens.map((token) => {
    const holder = [...applicable, ...entities].find((entity) => overlaps(entity, token));
    return holder === undefined ? null : (groupOf(holder.type) ?? "described");
  });
  return { tokens, triggers: findTriggers(tokens, rules, applicable), partOf, entities: applicable, rules };
}

function isTitle(token: Token, sections: readonly Section[]): boolean {
  const section = sections[indexAt(sections, token.start)];
  return section !== undefined && section.category !== null && contains(section.title, token);
}

function sectionAt(sections: readonly Section[], offset: number): string | null {
  return sections[indexAt(sections, offset)]?.category ?? null;
}

/** The index of the section that `offset` lies in: the last that starts at or before it. */
function indexAt(sections: readonly Section[], offset: number): number {
  let low = 0;
  let high = sections.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sections[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
