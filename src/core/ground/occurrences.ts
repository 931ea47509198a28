import { splitPieces } from "../document/pieces.ts";
import type { Span } from "../document/span.ts";

/**
 * How the words of a mention agree with those of the text: letter by letter; but for case, width and composed accents;
 * or but for these and white space. Strictest first.
 */
export const alignments = ["exact", "case-folded", "white-space-normalised"] as const;
export type Alignment = (typeof alignments)[number];

/** A place where a mention stands in the text. */
export type Occurrence = Span & { readonly alignment: Alignment };

/** A text made ready for many look-ups. */
export type OccurrenceIndex = {
  /**
   * Every place where `mention` stands, in document order, overlapping ones too. A place never cuts a word or a number:
   * "MI" does not stand in "family", nor "5" in "25".
   */
  find(mention: string): Occurrence[];
};

export function indexOccurrences(text: string): OccurrenceIndex {
  const pieces = splitPieces(text);
  const folded = pieces.map((piece) => fold(text.slice(piece.start, piece.end)));
  const places = new Map<string, number[]>();
  folded.forEach((core, i) => {
    const known = places.get(core);
    if (known) known.push(i);
    else places.set(core, [i]);
  });
  return {
    find: (mention) => {
      const wanted = splitPieces(mention).map((piece) => fold(mention.slice(piece.start, piece.end)));
      const [first] = wanted;
      if (first === undefined) return [];
      const words = mention.trim();
      return (places.get(first) ?? []).flatMap((i) => {
        const end = pieces[i + wanted.length - 1]?.end;
        const start = pieces[i]?.start;
        if (start === undefined || end === undefined) return [];
        if (!wanted.every((core, k) => folded[i + k] === core)) return [];
        return [{ start, end, alignment: alignmentOf(words, text.slice(start, end)) }];
      });
    },
  };
}

function alignmentOf(mention: string, words: string): Alignment {
  if (mention === words) return "exact";
  return fold(mention) === fold(words) ? "case-folded" : "white-space-normalised";
}

/** Models often write "(" for "（" and compose accents anew; neither is another word. */
function fold(words: string): string {
  return words.normalize("NFKC").toLowerCase();
}
