import { bareView, splitPieces } from "../document/pieces.ts";
import { contains } from "../document/span.ts";
import type { Example } from "../entity/example.ts";
import type { TagSurface, TokenId } from "../ports.ts";

/** A span over pieces: half-open piece indexes. */
type PieceSpan = { readonly type: string; readonly from: number; readonly to: number };

/** The tokens of an example's pieces, each by itself, as a window's are; nothing stands before the first. */
export function exampleSource(
  { text }: Pick<Example, "text">,
  tokensOf: (view: string) => readonly TokenId[],
): (readonly TokenId[])[] {
  return splitPieces(text).map((piece, i) => tokensOf(i === 0 ? bareView(piece) : piece.view));
}

/**
 * An example's source with its tags, token for token as the decoder would write it: at a border the ends come
 * first, then the openings, the longer span first. Types that are not wanted, and what the decoder could not
 * write, are left out.
 * @param source the tokens of its pieces
 */
export function taggedTokens(
  { text, spans }: Pick<Example, "text" | "spans">,
  source: readonly (readonly TokenId[])[],
  { open, close }: Pick<TagSurface, "open" | "close">,
  maxDepth: number,
): TokenId[] {
  const order = open.map(({ type }) => type);
  const legal = legalSpans(pieceSpans(text, spans), order, maxDepth);
  return Array.from({ length: source.length + 1 }, (_, border) => [
    ...legal.filter(({ to }) => to === border).map(() => close),
    ...legal
      .filter(({ from }) => from === border)
      .flatMap(({ type }) => open[order.indexOf(type)]?.tokens ?? []),
    ...(source[border] ?? []),
  ]).flat();
}

function pieceSpans(text: string, spans: Example["spans"]): PieceSpan[] {
  const pieces = splitPieces(text);
  const starts = new Map(pieces.map(({ start }, index) => [start, index]));
  const ends = new Map(pieces.map(({ end }, index) => [end, index + 1]));
  return spans.flatMap(({ type, start, end }) => {
    const [from, to] = [starts.get(start), ends.get(end)];
    return from === undefined || to === undefined ? [] : [{ type, from, to }];
  });
}

/** Sorted as they open; without the wrong types, a second one of a type at one place, and what is too deep. */
function legalSpans(spans: readonly PieceSpan[], order: readonly string[], maxDepth: number): PieceSpan[] {
  const legal: PieceSpan[] = [];
  const sorted = spans
    .filter(({ type }) => order.includes(type))
    .toSorted((a, b) => a.from - b.from || b.to - a.to || order.indexOf(a.type) - order.indexOf(b.type));
  for (const span of sorted) {
    const around = legal.filter((other) =>
      contains({ start: other.from, end: other.to }, { start: span.from, end: span.to }),
    );
    const isRepeated = legal.some(({ from, type }) => from === span.from && type === span.type);
    if (around.length < maxDepth && !isRepeated) legal.push(span);
  }
  return legal;
}
