import { expect, test } from "vitest";
import { entityOf, extractionOf, noteOf, plan } from "../../test/support/storedNotes.ts";
import { openStore } from "./openStore.ts";

const text = "Takes metoprolol 25 mg for chest pain.";
const note = noteOf("adm-17.txt", text);
const entities = [
  entityOf(text, "e1", "Medication", "metoprolol"),
  entityOf(text, "e2", "Sign_symptom", "chest pain"),
];

async function storeWithRun() {
  const store = await openStore(":memory:");
  const { caseId, documentId } = store.addDocument(note);
  const runId = store.startRun(documentId, plan);
  store.finishRun(runId, extractionOf(note, entities));
  const statuses = () => store.extraction(runId).entities.map(({ status }) => status);
  return { store, caseId, documentId, runId, statuses };
}

test("corrections are folded in, and what the model said stays", async () => {
  const { store, runId } = await storeWithRun();
  store.correct(runId, [
    { kind: "retype", entity: "e2", type: "History" },
    { kind: "reject", entity: "e1" },
  ]);
  expect(store.extraction(runId).entities).toEqual([
    { ...entities[0], status: "rejected" },
    { ...entities[1], type: "History", status: "edited" },
  ]);
  expect(store.extraction(runId, { corrected: false }).entities).toEqual(entities);
});

test("steps are undone and redone one by one, and the log remembers all of it", async () => {
  const { store, runId, statuses } = await storeWithRun();
  expect(store.undo(runId)).toBe(false);
  store.correct(runId, [{ kind: "accept", entity: "e1" }]);
  store.correct(runId, [{ kind: "reject", entity: "e2" }]);
  expect(statuses()).toEqual(["accepted", "rejected"]);
  expect(store.undo(runId)).toBe(true);
  expect(statuses()).toEqual(["accepted", "proposed"]);
  expect(store.redo(runId)).toBe(true);
  expect(store.redo(runId)).toBe(false);
  expect(statuses()).toEqual(["accepted", "rejected"]);
  expect(store.history(runId).map(({ entry }) => entry.kind)).toEqual(["step", "step", "undo", "redo"]);
});

test("the case counts what is left to look at, and is reviewed when nothing is", async () => {
  const { store, caseId, runId } = await storeWithRun();
  const counts = () => {
    const { state, entities, proposed } = store.getCase(caseId);
    return { state, entities, proposed };
  };
  expect(counts()).toEqual({ state: "done", entities: 2, proposed: 2 });
  store.correct(runId, [{ kind: "accept", entity: "e1" }]);
  expect(counts()).toEqual({ state: "done", entities: 2, proposed: 1 });
  store.correct(runId, [{ kind: "reject", entity: "e2" }]);
  expect(counts()).toEqual({ state: "reviewed", entities: 1, proposed: 0 });
  expect(store.getRun(runId).result).toMatchObject({ entities: 2, kept: 1, proposed: 0 });
  store.undo(runId);
  expect(counts()).toEqual({ state: "done", entities: 2, proposed: 1 });
});

test("a step with one change that does not fit is not kept at all", async () => {
  const { store, runId, statuses } = await storeWithRun();
  expect(() =>
    store.correct(runId, [
      { kind: "accept", entity: "e1" },
      { kind: "accept", entity: "e9" },
    ]),
  ).toThrow(expect.objectContaining({ code: "NG-REQUEST" }));
  expect(statuses()).toEqual(["proposed", "proposed"]);
  expect(store.history(runId)).toEqual([]);
});

test("an empty step is no step", async () => {
  const { store, runId } = await storeWithRun();
  store.correct(runId, []);
  expect(store.undo(runId)).toBe(false);
});

test("a later run starts without the corrections of the earlier, which keeps them", async () => {
  const { store, documentId, runId } = await storeWithRun();
  store.correct(runId, [{ kind: "reject", entity: "e1" }]);
  const again = store.startRun(documentId, plan);
  store.finishRun(again, extractionOf(note, entities));
  expect(store.extraction(again).entities).toEqual(entities);
  expect(store.extraction(runId).entities[0]?.status).toBe("rejected");
});

test("only a finished run can be corrected", async () => {
  const { store, documentId } = await storeWithRun();
  const running = store.startRun(documentId, plan);
  const missing = expect.objectContaining({ code: "NG-NOT-FOUND" });
  expect(() => store.correct(running, [{ kind: "accept", entity: "e1" }])).toThrow(missing);
  expect(() => store.undo(99)).toThrow(missing);
});
