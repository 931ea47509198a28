import { contains, type Span } from "../document/span.ts";
import { type Alignment, alignments, indexOccurrences, type Occurrence } from "./occurrences.ts";

/** A mention in free text, as a model wrote it, where its place is not known. */
export type FreeMention = { readonly type: string; readonly text: string };

/** The mention with its place; both null where the text does not hold it, never a guess. */
export type GroundedMention = FreeMention & {
  readonly span: Span | null;
  readonly alignment: Alignment | null;
};

/**
 * Places mentions that were listed in the order of the text. The strictest agreement wins; of places that agree as
 * well, those outside the mentions of the same type that were placed before; of these, the first at or after the
 * start of the mention before, else the first of all. No place is given twice to one type, so that a word listed
 * three times is found three times, and a fourth listing finds nothing.
 */
export function groundMentions(text: string, mentions: readonly FreeMention[]): GroundedMention[] {
  const index = indexOccurrences(text);
  const taken = new Set<string>();
  const placed = new Map<string, Span[]>();
  let from = 0;
  return mentions.map((mention) => {
    const keyOf = (span: Span): string => `${span.start} ${span.end} ${mention.type}`;
    const free = index.find(mention.text).filter((occurrence) => !taken.has(keyOf(occurrence)));
    const ofType = placed.get(mention.type) ?? [];
    const chosen = choose(free, ofType, from);
    if (!chosen) return { ...mention, span: null, alignment: null };
    const { start, end, alignment } = chosen;
    taken.add(keyOf(chosen));
    placed.set(mention.type, [...ofType, { start, end }]);
    from = start;
    return { ...mention, span: { start, end }, alignment };
  });
}

function choose(
  occurrences: readonly Occurrence[],
  placed: readonly Span[],
  from: number,
): Occurrence | undefined {
  for (const alignment of alignments) {
    const alike = occurrences.filter((occurrence) => occurrence.alignment === alignment);
    const outside = alike.filter((occurrence) => !placed.some((span) => contains(span, occurrence)));
    const best = outside.length > 0 ? outside : alike;
    const next = best.find((occurrence) => occurrence.start >= from) ?? best[0];
    if (next) return next;
  }
  return undefined;
}
