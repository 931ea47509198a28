const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
// Cutting into graphemes is slow, and most cells are plain.
const PLAIN = /^[ -~]*$/;
const NARROW = /^[\uff61-\uffdc\uffe8-\uffee]/u;
const WIDE =
  /^(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]|.\ufe0f)/u;
const UNSEEN = /^[\p{M}\p{Cf}]+$/u;

/** Columns that `text` takes on a terminal: two for Han, kana, full-width forms and emoji. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

/** The first graphemes of `text` that fit into `columns`, with an ellipsis where something was left off. */
export function truncateToWidth(text: string, columns: number): string {
  if (PLAIN.test(text) && text.length <= columns) return text;
  let width = 0;
  let kept = "";
  let fitting = "";
  for (const { segment } of graphemes.segment(text)) {
    width += graphemeWidth(segment);
    if (width > columns) return `${fitting}…`;
    kept += segment;
    if (width < columns) fitting = kept;
  }
  return kept;
}

function graphemeWidth(grapheme: string): number {
  if (UNSEEN.test(grapheme)) return 0;
  return !NARROW.test(grapheme) && WIDE.test(grapheme) ? 2 : 1;
}
