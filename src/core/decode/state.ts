import type { TokenId } from "../ports.ts";
import type { Grammar } from "./grammar.ts";

/** A tag that is open, and those around it. */
export type OpenTag = {
  /** Index into `surface.open`. */
  readonly type: number;
  /** Position in the source before which it opened. */
  readonly start: number;
  readonly depth: number;
  readonly around: OpenTag | null;
};

/** How far an output has come. */
export type State = {
  /** Source tokens copied. */
  readonly position: number;
  readonly tags: OpenTag | null;
  /** Inside an open tag of several tokens: how many are written and which types it may still become. */
  readonly opening: { readonly written: number; readonly types: readonly number[] } | null;
  readonly ended: boolean;
};

/** What may come next, copying first; the opening tokens start at `firstOpen`. */
export type Allowed = { readonly tokens: readonly TokenId[]; readonly firstOpen: number };

export const startState: State = { position: 0, tags: null, opening: null, ended: false };

/**
 * The legal continuations of a state. This is the definition of grounded decoding:
 *
 * - the next source token, or the end where the source is used up and no tag is open;
 * - before a piece that may begin an entity, the opening of each wanted type, while fewer than `maxDepth` tags
 *   are open and that type was not opened at this very position;
 * - after a piece, the closing of the innermost tag, if it holds at least one piece.
 *
 * Hence at one border closes come before opens, and an enclosing tag opens before what it encloses. Two types
 * on one span may open in either order, which means the same: training writes them in the order of the types,
 * and results are listed in it.
 */
export function allowedNext(grammar: Grammar, state: State): Allowed {
  const { source, pieceAt, mayOpen, surface, maxDepth } = grammar;
  const { position, tags, opening } = state;
  if (opening !== null) {
    const tokens = opening.types.map((type) => surface.open[type]?.tokens[opening.written] ?? -1);
    const distinct = [...new Set(tokens)];
    return { tokens: distinct, firstOpen: distinct.length };
  }
  const tokens: TokenId[] = [];
  const copy = source[position];
  if (copy !== undefined) tokens.push(copy);
  else if (tags === null) tokens.push(surface.end);
  const piece = pieceAt[position] ?? -1;
  if (piece === -1) return { tokens, firstOpen: tokens.length };
  if (tags !== null && tags.start < position) tokens.push(surface.close);
  const firstOpen = tokens.length;
  if (copy !== undefined && mayOpen[piece] && (tags?.depth ?? 0) < maxDepth) {
    for (const type of openable(grammar, state)) {
      const token = surface.open[type]?.tokens[0] ?? -1;
      if (tokens.indexOf(token, firstOpen) === -1) tokens.push(token);
    }
  }
  return { tokens, firstOpen };
}

/** The state after one of the allowed tokens. */
export function nextState(grammar: Grammar, state: State, token: TokenId): State {
  const { source, pieceAt, surface } = grammar;
  const { position, tags, opening } = state;
  if (opening !== null) return continueOpening(grammar, state, token, opening.written, opening.types);
  if (token === source[position]) return { position: position + 1, tags, opening: null, ended: false };
  if (token === surface.close && tags !== null) {
    return { position, tags: tags.around, opening: null, ended: false };
  }
  if (token === surface.end) return { ...state, ended: true };
  if (pieceAt[position] === -1) throw new Error("not an allowed token");
  return continueOpening(grammar, state, token, 0, openable(grammar, state));
}

function continueOpening(
  { surface }: Grammar,
  { position, tags }: State,
  token: TokenId,
  written: number,
  types: readonly number[],
): State {
  const left = types.filter((type) => surface.open[type]?.tokens[written] === token);
  const [type] = left;
  if (type === undefined) throw new Error("not an allowed token");
  // No opening is the beginning of another, so the first that is complete is the only one left.
  if (surface.open[type]?.tokens.length !== written + 1) {
    return { position, tags, opening: { written: written + 1, types: left }, ended: false };
  }
  const depth = (tags?.depth ?? 0) + 1;
  return { position, tags: { type, start: position, depth, around: tags }, opening: null, ended: false };
}

/** The types that were not opened at this very position. */
function openable({ surface }: Grammar, { position, tags }: State): readonly number[] {
  const opened: number[] = [];
  for (let tag = tags; tag !== null && tag.start === position; tag = tag.around) opened.push(tag.type);
  const types = [...surface.open.keys()];
  return opened.length === 0 ? types : types.filter((type) => !opened.includes(type));
}
