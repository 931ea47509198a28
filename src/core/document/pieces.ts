/**
 * A piece is the smallest part of a note that a tag can enclose: one Han character, a run of letters, a run
 * of digits, or one other mark. The rule never sees the gold, and Python's `pieces.py` holds the same one;
 * test/fixtures/pieces.json pins both.
 */
export type Piece = {
  /** UTF-16 offsets of the piece without the white space before it. */
  readonly start: number;
  readonly end: number;
  /** What the model reads: the piece after "\n" or " " where a line break or other white space stood. */
  readonly view: string;
};

/** The white space between pieces, as the inside of a character class: JavaScript's \s and Python's differ (U+0085, U+FEFF, U+001C…). */
export const WHITE =
  "\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
/** One line break; "\r\n" is two of them. */
export const LINE_BREAK = /[\n\v\f\r\u0085\u2028\u2029]/;
const PIECE = new RegExp(
  `(?<white>[${WHITE}]*)(?<core>\\p{Script=Han}\\p{M}*|(?:(?!\\p{Script=Han})\\p{L}\\p{M}*)+|\\p{Nd}+|[^${WHITE}]\\p{M}*)`,
  "gu",
);

/** Cuts `text` into its pieces, in order. White space at the end belongs to none. */
export function splitPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const match of text.matchAll(PIECE)) {
    const { white = "", core = "" } = match.groups ?? {};
    const start = match.index + white.length;
    const prefix = white === "" ? "" : LINE_BREAK.test(white) ? "\n" : " ";
    pieces.push({ start, end: start + core.length, view: prefix + core });
  }
  return pieces;
}

/** The view of a piece that opens a window: nothing stands before it. */
export function bareView(piece: Piece): string {
  const first = piece.view[0];
  return first === "\n" || first === " " ? piece.view.slice(1) : piece.view;
}
