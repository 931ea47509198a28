import { assertAll } from "./assertion/assertAll.ts";
import type { Entity, Mention } from "./entity/entity.ts";
import { mergeMentions } from "./entity/merge.ts";
import { linkAll } from "./link/linkAll.ts";
import type { Segmented } from "./segmented.ts";

/**
 * Merged mentions as entities, each at its place and in its section.
 * @param borders where windows begin (UTF-16)
 */
export function locate(
  { document, sections }: Segmented,
  mentions: readonly Mention[],
  borders: ReadonlySet<number>,
): Entity[] {
  let at = 0;
  const sectionOf = (start: number): string | null => {
    while (at < sections.length - 1 && (sections[at]?.end ?? 0) <= start) at += 1;
    return sections[at]?.category ?? null;
  };
  return mergeMentions(mentions, borders).map(
    (mention, index): Entity => ({
      id: `e${index + 1}`,
      type: mention.type,
      text: document.text.slice(mention.start, mention.end),
      start: mention.start,
      end: mention.end,
      fragments: null,
      confidence: mention.confidence === null ? null : Math.round(mention.confidence * 10_000) / 10_000,
      section: sectionOf(mention.start),
      assertion: null,
      attributes: [],
      selector: null,
      status: "proposed",
    }),
  );
}

/** Entities with assertions and links. */
export function understand(
  { document, sections, sentences }: Segmented,
  entities: readonly Entity[],
): Entity[] {
  const { text, language } = document;
  const asserted = assertAll({ text, language, sections, sentences, entities });
  return linkAll({ text, language, sentences, entities: asserted });
}
