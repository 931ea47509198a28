import { NotegrainError } from "#core/errors.ts";
import { type CheckedExamples, checkExamples } from "#core/examples/checkExamples.ts";
import type { StorePort } from "#core/storePort.ts";
import { breathe } from "./breathe.ts";
import { goldExamples } from "./exampleBank.ts";
import { listReviewed, reviewedGold } from "./reviewedNotes.ts";

/** What a reviewed note gave to the bank. */
export type ReviewedExamples = CheckedExamples & {
  /** Its file. */
  readonly name: string;
  readonly added: number;
};

/** That a note was corrected anew, or went with its case, since it was listed. */
const PASSED_OVER: readonly string[] = ["NG-NOT-READ", "NG-UNREVIEWED", "NG-NOT-FOUND"];

/**
 * Takes in what the reviewed notes say now, in the place of what they said before. A note at a time, as a whole: where
 * it ends early, each note has either its old examples or its new ones, and the next time takes in the rest. Other
 * requests have their turn between two notes.
 */
export async function keepReviewed(store: StorePort): Promise<readonly ReviewedExamples[]> {
  const kept: ReviewedExamples[] = [];
  for (const { documentId, name } of listReviewed(store)) {
    try {
      kept.push({ name, ...store.together(() => keepNote(store, documentId)) });
    } catch (error) {
      if (!(error instanceof NotegrainError) || !PASSED_OVER.includes(error.code)) throw error;
    }
    await breathe();
  }
  return kept;
}

function keepNote(store: StorePort, documentId: string): Omit<ReviewedExamples, "name"> {
  const checked = checkExamples(goldExamples(reviewedGold(store, [documentId]).gold));
  return { ...checked, added: store.replaceReviewed(documentId, checked.examples) };
}
