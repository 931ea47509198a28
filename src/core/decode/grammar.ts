import { NotegrainError } from "../errors.ts";
import type { TagSurface, TokenId } from "../ports.ts";

/** Everything that decides which outputs of one window are legal. */
export type Grammar = {
  /** The tokens of the source, piece after piece. */
  readonly source: readonly TokenId[];
  /** By position in `source`: the piece that begins there, or -1 inside a piece; one more at the end. */
  readonly pieceAt: readonly number[];
  /** By piece: whether a tag may open before it. */
  readonly mayOpen: readonly boolean[];
  readonly surface: TagSurface;
  /** Tags that may be open at the same time. */
  readonly maxDepth: number;
};

/**
 * Lays out the source of a window.
 * @param pieces the tokens of each piece, at least one each
 * @param mayOpen by piece: whether a tag may open before it; default: before all
 * @throws NG-INTERNAL where a token of the source is one of the tags: the views of the pieces rule that out
 */
export function compileGrammar(
  pieces: readonly (readonly TokenId[])[],
  surface: TagSurface,
  maxDepth: number,
  mayOpen: readonly boolean[] = pieces.map(() => true),
): Grammar {
  const decisive = new Set([surface.end, surface.close, ...surface.open.map(({ tokens }) => tokens[0])]);
  const source: TokenId[] = [];
  const pieceAt: number[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (piece.length === 0) throw new NotegrainError("NG-INTERNAL", { reason: "piece without a token" });
    for (const [i, token] of piece.entries()) {
      if (decisive.has(token)) throw new NotegrainError("NG-INTERNAL", { reason: "tag token in the source" });
      source.push(token);
      pieceAt.push(i === 0 ? index : -1);
    }
  }
  pieceAt.push(pieces.length);
  return { source, pieceAt, mayOpen, surface, maxDepth };
}

/**
 * The most tokens that an output of such a window can have: at the limit, every piece stands in as many tags
 * of its own as the depth allows. What is planned with this figure can never outgrow the context.
 */
export function longestOutput(
  sourceTokens: number,
  pieces: number,
  surface: TagSurface,
  maxDepth: number,
): number {
  const longestOpen = Math.max(0, ...surface.open.map(({ tokens }) => tokens.length));
  const tags = pieces * Math.min(maxDepth, surface.open.length);
  return sourceTokens + tags * (longestOpen + 1) + 1;
}
