import type { Span } from "../document/span.ts";
import type { DiscontinuousSpan, TypedSpan } from "./gold.ts";
import { type Measure, measure } from "./measures.ts";

/** A document's mentions, those in fragments told apart. */
export type FragmentedDocument = {
  readonly name: string;
  /** The outer spans of all mentions; what a system found may carry its fragments here. */
  readonly mentions: readonly (TypedSpan & { readonly fragments?: readonly Span[] | null })[];
  readonly discontinuous?: readonly DiscontinuousSpan[];
};

/** How the gold mentions in fragments were found: by their outer span, as all scores count them, and exactly. */
export type DiscontinuousScore = {
  /** Gold mentions in fragments. */
  readonly support: number;
  /** Share of them for which some mention of the type has the outer span. */
  readonly outer: Pick<Measure, "recall">;
  /** Same type and the very same fragments, of the mentions in fragments on both sides. */
  readonly fragments: Measure;
};

/** Scores the mentions in fragments, document by document of the same name; other types than `types` are left out. */
export function scoreDiscontinuous(
  gold: readonly FragmentedDocument[],
  predicted: readonly FragmentedDocument[],
  types: readonly string[],
): DiscontinuousScore {
  const byName = new Map(predicted.map((document) => [document.name, document]));
  const sum = { gold: 0, predicted: 0, exact: 0, outer: 0 };
  for (const document of gold) {
    const found = byName.get(document.name);
    const wanted = inFragments(document, types);
    const given = inFragments(found, types);
    const places = new Set(found?.mentions.map(outerKey));
    sum.gold += wanted.size;
    sum.predicted += given.size;
    sum.exact += [...wanted.keys()].filter((key) => given.has(key)).length;
    sum.outer += [...wanted.values()].filter((mention) => places.has(outerKey(mention))).length;
  }
  return {
    support: sum.gold,
    outer: { recall: sum.gold > 0 ? sum.outer / sum.gold : 0 },
    fragments: measure(sum.exact, sum.predicted, sum.exact, sum.gold),
  };
}

/** The mentions in fragments, each once. */
function inFragments(
  document: FragmentedDocument | undefined,
  types: readonly string[],
): Map<string, DiscontinuousSpan> {
  const mentions = document?.discontinuous ?? document?.mentions ?? [];
  return new Map(
    mentions.flatMap(({ type, start, end, fragments }) => {
      if (!fragments || !types.includes(type)) return [];
      const key = JSON.stringify([type, fragments.map((part) => [part.start, part.end])]);
      return [[key, { type, start, end, fragments }] as const];
    }),
  );
}

function outerKey({ type, start, end }: TypedSpan): string {
  return `${start} ${end} ${type}`;
}
