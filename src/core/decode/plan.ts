import type { DraftHabits, TokenId } from "../ports.ts";
import type { Decision } from "./choose.ts";
import type { Grammar } from "./grammar.ts";
import { type Allowed, allowedNext, nextState, type OpenTag, type State } from "./state.ts";

/**
 * Where tags are guessed to stand in the rest of an output. Nothing depends on a guess but the time: a draft
 * is written from it, and the model settles every token.
 */
export type Plan = {
  readonly habits: DraftHabits | null;
  /** By position of a border: the tags that the model last chose there, and the innermost tag it chose them in. */
  readonly advice: Map<number, { readonly inside: OpenTag | null; readonly tags: TokenId[] }>;
};

/** A guess at the tokens to come, each with the state before it and what was allowed there. */
export type Draft = {
  readonly tokens: readonly TokenId[];
  /** One more than tokens: the last follows the whole draft. */
  readonly states: readonly State[];
  readonly allowed: readonly Allowed[];
};

/** @param habits what the model mostly does, where that is known */
export function emptyPlan(habits: DraftHabits | null): Plan {
  return { habits, advice: new Map() };
}

/** Writes the next `width` tokens as planned; fewer where the output would end. All of them are allowed. */
export function writeDraft(grammar: Grammar, plan: Plan, from: State, width: number): Draft {
  const { source, surface } = grammar;
  const tokens: TokenId[] = [];
  const states = [from];
  const allowed = [allowedNext(grammar, from)];
  let state = from;
  let tags = plannedTags(grammar, plan, from);
  while (tokens.length < width) {
    const choices = allowed.at(-1)?.tokens ?? [];
    const tag = tags.findIndex((token) => choices.includes(token));
    const copy = source[state.position] ?? (state.tags === null ? null : surface.close);
    const token = tags[tag] ?? (state.opening === null ? copy : (choices[0] ?? null));
    if (token === null) break;
    const next = nextState(grammar, state, token);
    tags = next.position === state.position ? tags.slice(tag + 1) : plannedTags(grammar, plan, next);
    state = next;
    tokens.push(token);
    states.push(state);
    allowed.push(allowedNext(grammar, state));
  }
  return { tokens, states, allowed };
}

/** The tags to write at a state: the model's own where it chose them in the same tag, else by habit. */
function plannedTags(grammar: Grammar, { habits, advice }: Plan, state: State): readonly TokenId[] {
  const { source, pieceAt, surface } = grammar;
  const { position, opening } = state;
  const next = source[position];
  if (next === undefined || pieceAt[position] === -1 || opening !== null) return [];
  if (state.tags?.start === position) return [];
  const advised = advice.get(position);
  if (advised && sameTag(advised.inside, state.tags)) return advised.tags;
  const planned: TokenId[] = [];
  let tag = state.tags;
  while (tag !== null && habits?.closes(tag.type, piecesSince(grammar, tag, position), next)) {
    planned.push(surface.close);
    tag = tag.around;
  }
  if (advised) planned.push(...advised.tags.filter((token) => token !== surface.close));
  else planned.push(...(surface.open[habits?.opens(next) ?? -1]?.tokens ?? []));
  return planned;
}

/**
 * Keeps what the model chose beyond the first difference, at `from` − 1: those choices were conditioned on a
 * wrong token there, and are mostly right all the same.
 */
export function takeAdvice(
  grammar: Grammar,
  plan: Plan,
  draft: Draft,
  choices: readonly Decision[],
  from: number,
): void {
  const settled = draft.states[from - 1]?.position ?? 0;
  plan.advice.delete(settled);
  let parted = true;
  let border = settled;
  for (let i = from; i < choices.length; i++) {
    const state = draft.states[i];
    const chosen = choices[i]?.token;
    if (state === undefined || chosen === undefined || grammar.pieceAt[state.position] === -1) continue;
    if (state.position !== border) {
      border = state.position;
      parted = false;
      plan.advice.set(border, { inside: state.tags, tags: [] });
    }
    if (parted) continue;
    if (chosen !== grammar.source[border]) plan.advice.get(border)?.tags.push(chosen);
    parted = chosen !== draft.tokens[i];
  }
}

function sameTag(a: OpenTag | null, b: OpenTag | null): boolean {
  return a?.type === b?.type && a?.start === b?.start;
}

function piecesSince({ pieceAt }: Grammar, tag: OpenTag, position: number): number {
  return (pieceAt[position] ?? 0) - (pieceAt[tag.start] ?? 0);
}
