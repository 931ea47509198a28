import { compareSpans } from "#core/document/span.ts";
import type { Entity } from "#core/entity/entity.ts";

export const sortKeys = ["place", "type", "text", "confidence", "selector", "section", "status"] as const;
export type SortKey = (typeof sortKeys)[number];
export type Sorting = { readonly key: SortKey; readonly descending: boolean };

/** A press on a column's head: sort by it, then the other way round, then back to document order. */
export function nextSorting(last: Sorting, key: SortKey): Sorting {
  // Of figures the highest are wanted first, of words the beginning of the alphabet.
  const first = key === "confidence" || key === "selector";
  if (last.key !== key) return { key, descending: first };
  return last.descending === first ? { key, descending: !first } : { key: "place", descending: false };
}

/**
 * The entities in the order asked for; equals stay in document order. Entities without a figure (a person
 * added them, or the selector was not asked) come after all others, whichever way it is sorted.
 * @param words what the reader sees in a column, in their language
 */
export function sortEntities(
  entities: readonly Entity[],
  sorting: Sorting,
  words: (entity: Entity, key: "type" | "section" | "status") => string,
): Entity[] {
  const inPlace = [...entities].sort(compareSpans);
  if (sorting.key === "place") return sorting.descending ? inPlace.reverse() : inPlace;
  if (sorting.key === "confidence") return byFigure(inPlace, sorting, (entity) => entity.confidence);
  if (sorting.key === "selector")
    return byFigure(inPlace, sorting, (entity) => entity.selector?.probability ?? null);
  return byWords(inPlace, sorting, words);
}

function byFigure(
  entities: Entity[],
  { descending }: Sorting,
  figureOf: (entity: Entity) => number | null,
): Entity[] {
  const sign = descending ? -1 : 1;
  return entities.sort((one, other) => {
    const [a, b] = [figureOf(one), figureOf(other)];
    return a === null || b === null ? Number(a === null) - Number(b === null) : sign * (a - b);
  });
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** By what a column says; each wording is compared once, since comparing in a language is slow. */
function byWords(
  entities: readonly Entity[],
  { key, descending }: Sorting,
  words: (entity: Entity, key: "type" | "section" | "status") => string,
): Entity[] {
  const wordsIn = entities.map((entity) =>
    key === "type" || key === "section" || key === "status" ? words(entity, key) : entity.text,
  );
  const rank = new Map([...new Set(wordsIn)].sort(collator.compare).map((word, index) => [word, index]));
  const rankOf = (index: number) => rank.get(wordsIn[index] ?? "") ?? 0;
  return entities
    .map((entity, index) => ({ entity, rank: rankOf(index) }))
    .sort((a, b) => (descending ? b.rank - a.rank : a.rank - b.rank))
    .map(({ entity }) => entity);
}
