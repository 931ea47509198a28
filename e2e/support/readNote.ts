import type { AppUnderTest } from "./app.ts";

/** Puts a note into the store, in a case of its own or in `into`, and starts reading it; answers its ids. */
export async function addNote(
  app: AppUnderTest,
  name: string,
  text: string,
  into: string | null = null,
): Promise<{ caseId: string; documentId: string }> {
  const [fate] = await app.ask("notes.import", {
    files: [{ name, bytes: new TextEncoder().encode(text) }],
    caseId: into,
  });
  if (fate?.caseId == null || fate.documentId === null) throw new Error(`${name} was not added`);
  await app.ask("queue.start", { documentIds: [fate.documentId] });
  return { caseId: fate.caseId, documentId: fate.documentId };
}

/** As `addNote`, and waits until the model has read it. */
export async function readNote(app: AppUnderTest, name: string, text: string, into: string | null = null) {
  const ids = await addNote(app, name, text, into);
  for (;;) {
    const view = await app.ask("documents.get", { documentId: ids.documentId });
    if (view.status === "done") return { ...ids, view };
    if (view.status === "failed") throw new Error(`${name} could not be read`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
