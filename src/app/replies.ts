import type { Reply } from "#core/entity/reply.ts";
import type { StorePort } from "#core/storePort.ts";

/** What a model wrote freely in the latest finished run of a note, as it wrote it. */
export type NoteReplies = {
  readonly documentId: string;
  readonly name: string;
  readonly runId: number;
  /** In the order of the note; empty where the output could only copy. */
  readonly replies: readonly Reply[];
};

/**
 * The replies of a case, for a person who wants to see what was made of them. They may hold words of the notes.
 * @throws NG-NOT-FOUND
 */
export function caseReplies(
  store: Pick<StorePort, "getCase" | "latestRun" | "extraction">,
  caseId: number,
): NoteReplies[] {
  return store.getCase(caseId).contents.flatMap(({ documentId, name }) => {
    const runId = store.latestRun(documentId)?.runId;
    if (runId === undefined) return [];
    return [{ documentId, name, runId, replies: store.extraction(runId).replies ?? [] }];
  });
}
