import { expect } from "vitest";
import type { EmbeddingPort } from "#core/ports.ts";
import { fakeModels } from "../../e2e/support/fakeModels.ts";
import { isIdle, type OpenedBackend, openBackend } from "./openedBackend.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

/** A file to import, as UTF-8. */
export const annotated = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });

/** Two sentences with a mention each. */
export const brat = [
  annotated("gold/a.txt", "She had a dry cough. He took aspirin daily at home."),
  annotated("gold/a.ann", "T1\tSign_symptom 14 19\tcough\nT2\tMedication 29 36\taspirin\n"),
];
const iob = annotated("b.iob", "Fever\tB-Sign_symptom\nfor\tO\ntwo\tB-Duration\ndays\tI-Duration\n");

/** A backend with three examples in its bank, whose model reads with examples, and only what it is told to read. */
export async function openBank(
  encoder?: () => Promise<EmbeddingPort>,
): Promise<AsyncDisposable & { readonly app: OpenedBackend }> {
  const folder = temporaryFolder();
  const models = fakeModels({ exampleTokens: 2000 });
  const app = await openBackend(folder.file("cases.db"), { models, ...(encoder && { encoder }) });
  expect(await app.ask("examples.import", { files: [...brat, iob] })).toEqual({
    added: 3,
    known: 0,
    nearDuplicates: 0,
    errors: [],
    unfit: [],
  });
  await app.ask("settings.set", { autoRun: false });
  await app.ask("models.choose", { modelId: "fake", adapterId: null, paradigm: "few" });
  return {
    app,
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

/** Reads a note to the end; answers its id. */
export async function readNote(app: OpenedBackend, text: string): Promise<string> {
  const [fate] = await app.bring({ "note.txt": text });
  const documentId = fate?.documentId ?? "";
  await app.ask("queue.start", { documentIds: [documentId] });
  await app.queueWhere(isIdle);
  return documentId;
}
