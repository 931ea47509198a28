import type { Reply } from "#core/entity/reply.ts";
import type { StorePort } from "#core/storePort.ts";
import type { AppContext, Handlers } from "./handlers.ts";

/** What a model wrote freely in the latest finished run of a note, as it wrote it. */
export type NoteReplies = {
  readonly documentId: string;
  readonly name: string;
  readonly runId: number;
  /** In the order of the note; empty where the output could only copy. */
  readonly replies: readonly Reply[];
};

type Reading = Pick<StorePort, "latestRun" | "extraction">;

/**
 * The replies of a case, for a person who wants to see what was made of them. They may hold words of the notes.
 * @throws NG-NOT-FOUND
 */
export function caseReplies(store: Reading & Pick<StorePort, "getCase">, caseId: number): NoteReplies[] {
  return store.getCase(caseId).contents.flatMap(({ documentId, name }) => {
    const latest = latestReplies(store, documentId);
    return latest ? [{ documentId, name, ...latest }] : [];
  });
}

/** The same for the note that is open. */
export function replyHandlers({ store }: Pick<AppContext, "store">): Pick<Handlers, "documents.replies"> {
  return { "documents.replies": ({ documentId }) => latestReplies(store, documentId)?.replies ?? [] };
}

function latestReplies(store: Reading, documentId: string): Pick<NoteReplies, "runId" | "replies"> | null {
  const runId = store.latestRun(documentId)?.runId;
  return runId === undefined ? null : { runId, replies: store.extraction(runId).replies ?? [] };
}
