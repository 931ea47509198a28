import type { Language } from "../document/noteDocument.ts";
import type { Piece } from "../document/pieces.ts";
import { findHeadings, type Heading } from "./headings.ts";

/**
 * Titles that name what they stand over, a test or a part of the body, and are mentions like any other: "Physical
 * examination", "Neck", "CT of the head". All other known titles ("Past medical history") only announce it.
 */
const telling: ReadonlySet<Heading["category"]> = new Set([
  "part", "physical_exam", "vitals", "results", "imaging", null,
]); // biome-ignore format: one line reads best

/**
 * The starts of the pieces that belong to a title which only announces what follows, its numbering and colon
 * included: no entity begins there. A model that was trained on text without titles takes "FAMILY HISTORY: …" for
 * the beginning of one.
 */
export function quietStarts(text: string, language: Language, pieces: readonly Piece[]): Set<number> {
  const quiet = findHeadings(text, language).filter(({ category }) => !telling.has(category));
  const starts = new Set<number>();
  let at = 0;
  for (const { from, body } of quiet) {
    while ((pieces[at]?.start ?? body) < from) at += 1;
    for (let piece = pieces[at]; piece !== undefined && piece.start < body; piece = pieces[++at]) {
      starts.add(piece.start);
    }
  }
  return starts;
}
