import type { TokenId } from "../ports.ts";
import type { Grammar } from "./grammar.ts";
import { type Allowed, allowedNext, nextState, type OpenTag, type State } from "./state.ts";

/** Pieces that a tag is guessed to hold before anything is known of its end. */
const GUESSED_PIECES = 3;

/**
 * The spans that the rest of an output is guessed to have. Nothing depends on a guess but the time: a draft
 * is written from it, and the model corrects both.
 */
export type Plan = {
  /** Where the tag of `type` that opens at `start` is guessed to end; positions in the source. */
  readonly ends: Map<number, Map<number, number>>;
};

/** A guess at the tokens to come, each with the state before it and what was allowed there. */
export type Draft = {
  readonly tokens: readonly TokenId[];
  /** One more than tokens: the last follows the whole draft. */
  readonly states: readonly State[];
  readonly allowed: readonly Allowed[];
};

export function emptyPlan(): Plan {
  return { ends: new Map() };
}

/** Writes the next `width` tokens as planned; fewer where the output would end. */
export function writeDraft(grammar: Grammar, plan: Plan, from: State, width: number): Draft {
  const tokens: TokenId[] = [];
  const states = [from];
  const allowed = [allowedNext(grammar, from)];
  let state = from;
  while (tokens.length < width) {
    const token = planned(grammar, plan, state);
    if (token === null) break;
    state = nextState(grammar, state, token);
    tokens.push(token);
    states.push(state);
    allowed.push(allowedNext(grammar, state));
  }
  return { tokens, states, allowed };
}

/** The token that the plan has after a state; null where the output would end. Always one that is allowed. */
function planned(grammar: Grammar, plan: Plan, state: State): TokenId | null {
  const { source, pieceAt, surface, maxDepth } = grammar;
  const { position, tags, opening } = state;
  if (opening !== null) {
    const here = plan.ends.get(position);
    const type = opening.types.find((candidate) => here?.has(candidate)) ?? opening.types[0] ?? 0;
    return surface.open[type]?.tokens[opening.written] ?? null;
  }
  const copy = source[position];
  if (copy === undefined) return tags === null ? null : surface.close;
  if (pieceAt[position] === -1) return copy;
  if (tags !== null && tags.start < position && plannedEnd(grammar, plan, tags) <= position) {
    return surface.close;
  }
  if ((tags?.depth ?? 0) < maxDepth) {
    const type = nextOpening(plan, state);
    if (type !== null) return surface.open[type]?.tokens[0] ?? copy;
  }
  return copy;
}

/** The outermost tag that is planned here and not open yet. */
function nextOpening(plan: Plan, { position, tags }: State): number | null {
  const here = plan.ends.get(position);
  if (here === undefined) return null;
  const open: number[] = [];
  for (let tag = tags; tag !== null && tag.start === position; tag = tag.around) open.push(tag.type);
  let best: number | null = null;
  let bestEnd = -1;
  for (const [type, end] of here) {
    if (open.includes(type)) continue;
    if (end > bestEnd || (end === bestEnd && type < (best ?? 0))) [best, bestEnd] = [type, end];
  }
  return best;
}

/** A tag ends at the latest with the one around it. */
function plannedEnd(grammar: Grammar, plan: Plan, tag: OpenTag): number {
  const own = plan.ends.get(tag.start)?.get(tag.type) ?? borderAfter(grammar, tag.start, GUESSED_PIECES);
  return tag.around === null ? own : Math.min(own, plannedEnd(grammar, plan, tag.around));
}

/** The position `pieces` pieces further on. */
function borderAfter({ pieceAt }: Grammar, position: number, pieces: number): number {
  let at = position;
  for (let left = pieces; left > 0 && at < pieceAt.length - 1; left--) {
    do at += 1;
    while (pieceAt[at] === -1);
  }
  return at;
}

/**
 * Corrects the plan by what the model would have chosen after a state of the draft, though that state may
 * rest on a wrong token before it.
 * @param drafted the draft's token there
 */
export function correctPlan(
  grammar: Grammar,
  plan: Plan,
  state: State,
  drafted: TokenId | undefined,
  chosen: TokenId,
): void {
  if (chosen === drafted) return;
  const { source, surface } = grammar;
  const { position, tags, opening } = state;
  const here = plan.ends.get(position) ?? new Map<number, number>();
  const typeOf = (token: TokenId | undefined): number =>
    opening === null
      ? surface.open.findIndex(({ tokens }) => tokens[0] === token)
      : (opening.types.find((type) => surface.open[type]?.tokens[opening.written] === token) ?? -1);
  const draftedType = typeOf(drafted);
  const chosenType = typeOf(chosen);
  const end = here.get(draftedType);
  here.delete(draftedType);
  if (chosenType !== -1) {
    plan.ends.set(position, here.set(chosenType, end ?? borderAfter(grammar, position, GUESSED_PIECES)));
  } else if (chosen === surface.close && tags !== null) {
    setEnd(plan, tags, position);
  } else if (drafted === surface.close && chosen === source[position] && tags !== null) {
    setEnd(plan, tags, borderAfter(grammar, position, 1));
  }
}

function setEnd(plan: Plan, tag: OpenTag, end: number): void {
  const here = plan.ends.get(tag.start) ?? new Map<number, number>();
  plan.ends.set(tag.start, here.set(tag.type, end));
}
