import { expect, test } from "vitest";
import { NotegrainError } from "#core/errors.ts";
import type { StorePort } from "#core/storePort.ts";
import { openStore } from "#store/openStore.ts";
import { entityOf, extractionOf, noteOf, plan } from "../../test/support/storedNotes.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { keepReviewed } from "./reviewedExamples.ts";
import { listReviewed } from "./reviewedNotes.ts";

/** A reviewed note of two sentences with a finding each; answers its run. */
function review(store: StorePort, name: string): number {
  const note = noteOf(name, `${name} has a dry cough at night. It was treated by aspirin at home.`);
  const { documentId } = store.addDocument(note);
  const runId = store.startRun(documentId, plan);
  const entities = [
    entityOf(note.text, "e1", "Sign_symptom", "cough"),
    entityOf(note.text, "e2", "Medication", "aspirin"),
  ].map((entity) => ({ ...entity, status: "accepted" as const }));
  store.finishRun(runId, extractionOf(note, entities));
  return runId;
}
const names = ["Anna", "Bert", "Cora"];

/** The numbers of spans in the examples of each note: all that a rejection changes. */
const spansOf = (store: StorePort): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries(
    [...Map.groupBy(store.allExamples(), ({ sourceName }) => sourceName)].map(([name, examples]) => [
      name,
      examples.map(({ spans }) => spans.length),
    ]),
  );

async function reviewedStore(folder: { file(name: string): string }) {
  const store = await openStore(folder.file("cases.db"));
  const runs = names.map((name) => review(store, name));
  const first = await keepReviewed(store);
  expect(first.map(({ added }) => added)).toEqual([2, 2, 2]);
  // The drug of each note is rejected: its second sentence says something else from now on.
  for (const runId of runs) store.correct(runId, [{ kind: "reject", entity: "e2" }]);
  return { store };
}

test("examples say what they were read for, follow corrections, and stay where nothing changed", async () => {
  using folder = temporaryFolder();
  const { store } = await reviewedStore(folder);
  for (const { readFor } of store.allExamples()) expect(readFor).toEqual(plan.types);
  store.markExamples([store.allExamples()[0]?.id ?? ""], { isPinned: true });
  expect((await keepReviewed(store)).map(({ added }) => added)).toEqual([1, 1, 1]);
  expect(spansOf(store)).toEqual({ Anna: [1, 0], Bert: [1, 0], Cora: [1, 0] });
  expect(store.allExamples().filter(({ isPinned }) => isPinned)).toHaveLength(1);
  const version = store.examplesVersion();
  expect((await keepReviewed(store)).map(({ added }) => added)).toEqual([0, 0, 0]);
  expect(store.examplesVersion()).toBe(version);
  store.close();
});

test("wherever it is interrupted, no example is lost and none is there twice, and the next time mends it", async () => {
  for (let notesKept = 0; notesKept <= names.length; notesKept++) {
    using folder = temporaryFolder();
    const { store } = await reviewedStore(folder);
    let calls = 0;
    const ending: StorePort = {
      ...store,
      replaceReviewed: (documentId, examples) => {
        const added = store.replaceReviewed(documentId, examples);
        // The deepest place: both have happened, and neither is on the disk.
        if (calls++ === notesKept) throw new NotegrainError("NG-STORE-FULL", { name: "cases.db" });
        return added;
      },
    };
    const reading = keepReviewed(ending);
    if (notesKept < names.length) await expect(reading).rejects.toMatchObject({ code: "NG-STORE-FULL" });
    else await reading;
    store.close();
    const again = await openStore(folder.file("cases.db"));
    const sizes = Object.values(spansOf(again)).map((spans) => spans.join());
    expect(sizes.toSorted()).toEqual(names.map((_, i) => (i < notesKept ? "1,0" : "1,1")));
    await keepReviewed(again);
    expect(spansOf(again)).toEqual({ Anna: [1, 0], Bert: [1, 0], Cora: [1, 0] });
    again.close();
  }
});

test("a note that goes, or is no longer decided, while others are taken in is passed over", async () => {
  using folder = temporaryFolder();
  const { store } = await reviewedStore(folder);
  const [taken, gone, reread] = listReviewed(store);
  const reading = keepReviewed(store); // as far as the first breath
  store.deleteCase(Number(gone?.caseId));
  const note = store.getDocument(reread?.documentId ?? "");
  const runId = store.startRun(note.id, plan);
  store.finishRun(runId, extractionOf(note, [entityOf(note.text, "e1", "Sign_symptom", "cough")]));
  expect((await reading).map(({ name }) => name)).toEqual([taken?.name]);
  expect(spansOf(store)).toEqual({ [taken?.name ?? ""]: [1, 0], [reread?.name ?? ""]: [1, 1] });
  store.close();
});

test("other work has its turn between two notes, and sees each of them whole", async () => {
  using folder = temporaryFolder();
  const { store } = await reviewedStore(folder);
  const seen = new Set<string>();
  let isDone = false;
  const look = () => {
    if (isDone) return;
    for (const [name, spans] of Object.entries(spansOf(store))) {
      seen.add(spans.join());
      expect([name, spans.length]).toEqual([name, 2]);
    }
    setImmediate(look);
  };
  setImmediate(look);
  await keepReviewed(store);
  isDone = true;
  expect([...seen].toSorted()).toEqual(["1,0", "1,1"]);
  store.close();
});
