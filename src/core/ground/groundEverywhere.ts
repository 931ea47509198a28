import { contains, type Span } from "../document/span.ts";
import { type FreeMention, type GroundedMention, groundMentions } from "./groundMentions.ts";
import { alignments, indexOccurrences } from "./occurrences.ts";

type TypedSpan = Span & { readonly type: string };

export type GroundedEverywhere = {
  readonly mentions: readonly TypedSpan[];
  /** Those of them that the list itself has. */
  readonly listed: readonly TypedSpan[];
  /** Mentions whose words the text does not hold, or not so often. */
  readonly ungrounded: number;
};

/**
 * Places mentions in the order of their list, then adds every other place where the same words stand: models
 * tend to list once what a note says often. Such a place agrees at least as well as the one that was listed and
 * lies inside no mention of its type: "pain" is not found again in "chest pain".
 */
export function groundEverywhere(text: string, listed: readonly FreeMention[]): GroundedEverywhere {
  const grounded = groundMentions(text, listed);
  const found = grounded.flatMap(({ type, span }) => (span ? [{ type, ...span }] : []));
  const index = indexOccurrences(text);
  const added = distinct(grounded).flatMap(({ type, text: words, alignment }) =>
    index
      .find(words)
      .filter((place) => isAsStrict(place.alignment, alignment))
      .filter((place) => !found.some((other) => other.type === type && contains(other, place)))
      .map(({ start, end }) => ({ type, start, end })),
  );
  return {
    mentions: [...found, ...added],
    listed: found,
    ungrounded: grounded.filter(({ span }) => span === null).length,
  };
}

function distinct(grounded: readonly GroundedMention[]): GroundedMention[] {
  const unique = new Map<string, GroundedMention>();
  for (const mention of grounded) {
    if (mention.span) unique.set(JSON.stringify([mention.type, mention.text]), mention);
  }
  return [...unique.values()];
}

function isAsStrict(alignment: GroundedMention["alignment"], wanted: GroundedMention["alignment"]): boolean {
  return alignment !== null && wanted !== null && alignments.indexOf(alignment) <= alignments.indexOf(wanted);
}
