/** Turns UTF-16 offsets into Unicode code point offsets and back, for one text. */
export type CodePointIndex = {
  readonly length: number;
  /** Code points before UTF-16 offset `utf16`. */
  fromUtf16(utf16: number): number;
  /** UTF-16 offset of code point `codePoint`. */
  toUtf16(codePoint: number): number;
};

/**
 * Indexes `text` by its astral characters alone (in most notes there are none), so that memory grows with
 * emoji and rare Han, not with the note.
 */
export function indexCodePoints(text: string): CodePointIndex {
  const astral: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) ?? 0;
    if (code > 0xffff) astral.push(i++);
  }
  /** How many entries of `astral`, moved left by their own rank where `ranked`, lie before `offset`. */
  const before = (offset: number, ranked: boolean): number => {
    let low = 0;
    let high = astral.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const position = (astral[middle] ?? 0) - (ranked ? middle : 0);
      if (position < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    length: text.length - astral.length,
    fromUtf16: (utf16) => utf16 - before(utf16, false),
    toUtf16: (codePoint) => codePoint + before(codePoint, true),
  };
}
