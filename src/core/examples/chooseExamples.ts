import type { RankedExample } from "../examplePort.ts";
import { sayAlmostTheSame, termSet } from "./nearDuplicates.ts";

export type ChoiceRequest = {
  /** Best first. */
  readonly candidates: readonly RankedExample[];
  /** Shown before all others, as far as the budget allows. */
  readonly pinned: readonly RankedExample[];
  /** How many at most. */
  readonly examples: number;
  readonly budgetTokens: number;
  /** The tokens that an example takes in the prompt. */
  readonly cost: (ranked: RankedExample) => number;
  /** Types of which each should be shown. */
  readonly types: readonly string[];
};

export type Choice = {
  /** In the order of the prompt: the most similar stands last, next to the note; pinned ones first. */
  readonly chosen: readonly RankedExample[];
  /** Those that would be shown with any budget, and did not fit into this one. */
  readonly leftOut: readonly RankedExample[];
  /** Those that would be shown, did they not say almost the same as a better one. */
  readonly nearDuplicates: readonly RankedExample[];
};

/**
 * Chooses what is shown. The most similar come first, near-duplicates of a chosen one are passed over, and what
 * does not fit into the budget gives way to the next that does. Then the less similar half makes room for types
 * that are not shown yet, as far as candidates show them.
 */
export function chooseExamples(request: ChoiceRequest): Choice {
  const isLike = comparison();
  const { chosen } = choose(request, isLike);
  const wanted = choose({ ...request, budgetTokens: Number.POSITIVE_INFINITY }, isLike);
  return {
    chosen: inPromptOrder(chosen, request.pinned),
    leftOut: wanted.chosen.filter((one) => !chosen.includes(one)),
    nearDuplicates: wanted.nearDuplicates,
  };
}

type IsLike = (a: RankedExample, b: RankedExample) => boolean;

/** Whether two say almost the same; the terms of each are looked up once. */
function comparison(): IsLike {
  const terms = new Map<RankedExample, ReadonlySet<string>>();
  const termsOf = (ranked: RankedExample): ReadonlySet<string> => {
    const known = terms.get(ranked) ?? termSet(ranked.example.text);
    terms.set(ranked, known);
    return known;
  };
  return (a, b) => a.example.id === b.example.id || sayAlmostTheSame(termsOf(a), termsOf(b));
}

function choose(
  { candidates, pinned, examples, budgetTokens, cost, types }: ChoiceRequest,
  isLike: IsLike,
): { readonly chosen: readonly RankedExample[]; readonly nearDuplicates: readonly RankedExample[] } {
  const chosen: RankedExample[] = [];
  const nearDuplicates: RankedExample[] = [];
  for (const candidate of [...pinned, ...candidates]) {
    if (chosen.length >= examples) break;
    const like = chosen.find((one) => isLike(one, candidate));
    if (like === undefined) {
      if (sum(chosen.map(cost)) + cost(candidate) <= budgetTokens) chosen.push(candidate);
    } else if (like.example.id !== candidate.example.id) nearDuplicates.push(candidate);
  }

  const held = Math.max(pinned.filter((one) => chosen.includes(one)).length, Math.ceil(chosen.length / 2));
  const typesOf = ({ example }: RankedExample) =>
    new Set(example.spans.map(({ type }) => type).filter((type) => types.includes(type)));
  for (let last = chosen.length - 1; last >= held; last--) {
    const others = chosen.filter((_, index) => index !== last);
    const shown = new Set(others.flatMap((one) => [...typesOf(one)]));
    const gain = (one: RankedExample) => [...typesOf(one)].filter((type) => !shown.has(type)).length;
    const room = budgetTokens - sum(others.map(cost));
    let best = chosen[last] as RankedExample;
    for (const candidate of candidates) {
      if (gain(candidate) <= gain(best) || cost(candidate) > room) continue;
      if (!others.some((one) => isLike(one, candidate))) best = candidate;
    }
    chosen[last] = best;
  }
  return { chosen, nearDuplicates };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function inPromptOrder(chosen: readonly RankedExample[], pinned: readonly RankedExample[]): RankedExample[] {
  const others = chosen.filter((one) => !pinned.includes(one));
  return [
    ...chosen.filter((one) => pinned.includes(one)),
    ...others.toSorted((a, b) => (a.similarity ?? 0) - (b.similarity ?? 0)),
  ];
}
