import type { PieceMention } from "../decode/writer.ts";
import { bareView, type Piece } from "../document/pieces.ts";
import type { Mention } from "../entity/entity.ts";
import type { TokenId } from "../ports.ts";
import type { WindowPrompt } from "../prompt/windowPrompt.ts";

/** Mentions over pieces of a window as spans of the note. */
export function pieceMentions(pieces: readonly Piece[], found: readonly PieceMention[]): Mention[] {
  return found.flatMap(({ type, startPiece, endPiece, confidence }) => {
    const start = pieces[startPiece]?.start;
    const end = pieces[endPiece - 1]?.end;
    return start === undefined || end === undefined ? [] : [{ type, start, end, confidence }];
  });
}

/** The tokens of each piece, nothing standing before the first. */
export function sourceTokens(
  prompt: Pick<WindowPrompt, "tokensOf">,
  pieces: readonly Piece[],
): (readonly TokenId[])[] {
  return pieces.map((piece, i) => prompt.tokensOf(i === 0 ? bareView(piece) : piece.view));
}
