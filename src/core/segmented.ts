import type { NoteDocument } from "./document/noteDocument.ts";
import { type Piece, splitPieces } from "./document/pieces.ts";
import type { Span } from "./document/span.ts";
import type { Section } from "./entity/extraction.ts";
import { findSections } from "./segment/sections.ts";
import { splitSentences } from "./segment/sentences.ts";

/** The text with what the steps know of it before a model reads it. */
export type Segmented = {
  readonly document: NoteDocument;
  readonly sections: readonly Section[];
  readonly sentences: readonly Span[];
  readonly pieces: readonly Piece[];
};

/** Cuts a note into sections, sentences and pieces. */
export function segment(document: NoteDocument): Segmented {
  const { text, language } = document;
  return {
    document,
    sections: findSections(text, language),
    sentences: splitSentences(text, language),
    pieces: splitPieces(text),
  };
}

/** Sentences as half-open ranges of piece indexes; sentences never cut a piece. */
export function pieceRanges({ pieces, sentences }: Segmented): { from: number; to: number }[] {
  let at = 0;
  return sentences.map((sentence) => {
    const from = at;
    while ((pieces[at]?.start ?? Number.POSITIVE_INFINITY) < sentence.end) at += 1;
    return { from, to: at };
  });
}
