import { expect, test } from "vitest";
import type { CaseQuery } from "#core/storePort.ts";
import { entityOf, extractionOf, noteOf, plan } from "../../test/support/storedNotes.ts";
import { openStore } from "./openStore.ts";

/** A store whose clock moves on by a minute at every look. */
async function openTicking() {
  let minutes = 0;
  return openStore(":memory:", { clock: { now: () => new Date(Date.UTC(2026, 0, 1, 0, minutes++)) } });
}

async function storeWithCases() {
  const store = await openTicking();
  const add = (name: string, text: string) => store.addDocument(noteOf(name, text));
  const first = add("b.txt", "Denies dyspnoea.");
  const second = add("A.txt", "患者胸痛两天。");
  const third = add("c.txt", "Chest pain, takes metoprolol.");
  const titles = (query: CaseQuery) => store.listCases(query).cases.map(({ title }) => title);
  return { store, first, second, third, titles };
}

test("the list is sorted as asked and comes page by page", async () => {
  const { store, first, titles } = await storeWithCases();
  expect(titles({ sort: "created" })).toEqual(["c.txt", "A.txt", "b.txt"]);
  expect(titles({ sort: "title" })).toEqual(["A.txt", "b.txt", "c.txt"]);
  store.renameCase(first.caseId, "Bed 4");
  expect(titles({})).toEqual(["Bed 4", "c.txt", "A.txt"]);
  expect(store.listCases({ limit: 1, offset: 1 })).toMatchObject({ total: 3, cases: [{ title: "c.txt" }] });
});

test("the list is narrowed by state", async () => {
  const { store, first, second, third, titles } = await storeWithCases();
  store.failRun(store.startRun(first.documentId, plan), { code: "NG-CONTEXT", params: {} });
  const note = store.getDocument(third.documentId);
  const runId = store.startRun(third.documentId, plan);
  store.finishRun(runId, extractionOf(note, [entityOf(note.text, "e1", "Medication", "metoprolol")]));
  expect(titles({ state: "failed" })).toEqual(["b.txt"]);
  expect(titles({ state: "new" })).toEqual(["A.txt"]);
  expect(titles({ state: "done" })).toEqual(["c.txt"]);
  store.correct(runId, [{ kind: "accept", entity: "e1" }]);
  expect(titles({ state: "done" })).toEqual([]);
  expect(titles({ state: "reviewed" })).toEqual(["c.txt"]);
  expect(store.listCases({ state: "queued" })).toEqual({ total: 0, cases: [] });
  store.queueRun(second.documentId, plan);
  expect(titles({ state: "queued" })).toEqual(["A.txt"]);
});

test.each([
  ["dysp", ["b.txt"]],
  ["CHEST pain", ["c.txt"]],
  ["胸", ["A.txt"]],
  ["胸痛", ["A.txt"]],
  ["痛两天", ["A.txt"]],
  ["胸两", []],
  ["胸痛 metoprolol", []],
  [".TXT", ["c.txt", "A.txt", "b.txt"]],
  ["100%", []],
  ["   ", ["c.txt", "A.txt", "b.txt"]],
])("the search for %s finds %j", async (search, expected) => {
  const { titles } = await storeWithCases();
  expect(titles({ search })).toEqual(expected);
});

test("the state of a case is that of its least finished note", async () => {
  const store = await openTicking();
  const { caseId, documentId } = store.addDocument(noteOf("a.txt", "One."));
  const other = store.addDocument(noteOf("b.txt", "Two."), { caseId });
  store.finishRun(store.startRun(documentId, plan), extractionOf(noteOf("a.txt", "One."), []));
  expect(store.getCase(caseId).state).toBe("new");
  const runId = store.queueRun(other.documentId, plan);
  expect(store.getCase(caseId).state).toBe("queued");
  store.finishRun(runId, extractionOf(noteOf("b.txt", "Two."), []));
  expect(store.getCase(caseId).state).toBe("done");
});

test("deleting a case says what goes and takes nothing else", async () => {
  const { store, first, third } = await storeWithCases();
  for (const { documentId } of [first, third]) {
    const note = store.getDocument(documentId);
    const word = /\w{4,}/.exec(note.text)?.[0] ?? "";
    const runId = store.startRun(documentId, plan);
    store.finishRun(runId, extractionOf(note, [entityOf(note.text, "e1", "Medication", word)]));
    store.correct(runId, [{ kind: "accept", entity: "e1" }]);
    store.undo(runId);
    store.recordExport({ format: "csv", fileName: "one.csv", filter: null, runIds: [runId] });
  }
  const runOf = (documentId: string) => store.latestRun(documentId)?.runId ?? 0;
  const both = [runOf(first.documentId), runOf(third.documentId)];
  const shared = store.recordExport({ format: "json", fileName: null, filter: null, runIds: both });
  const contents = { documents: 1, runs: 1, entities: 1, corrections: 2, exports: 2 };
  expect(store.caseContents(first.caseId)).toEqual(contents);
  expect(store.deleteCase(first.caseId)).toEqual(contents);
  const missing = expect.objectContaining({ code: "NG-NOT-FOUND" });
  expect(() => store.getCase(first.caseId)).toThrow(missing);
  expect(() => store.getDocument(first.documentId)).toThrow(missing);
  expect(() => store.extraction(both[0] ?? 0)).toThrow(missing);
  expect(store.searchNotes("dyspnoea")).toEqual([]);
  expect(store.caseContents(third.caseId)).toEqual(contents);
  expect(store.exportsOf(third.caseId)[0]).toMatchObject({ exportId: shared, runs: [{ runId: both[1] }] });
  expect(store.addDocument(noteOf("b.txt", "Denies dyspnoea.")).added).toBe(true);
});

test("a case that is not there is said to be missing", async () => {
  const store = await openTicking();
  const missing = expect.objectContaining({ code: "NG-NOT-FOUND", params: { what: "case", name: 1 } });
  expect(() => store.getCase(1)).toThrow(missing);
  expect(() => store.renameCase(1, "x")).toThrow(missing);
  expect(() => store.caseContents(1)).toThrow(missing);
  expect(() => store.deleteCase(1)).toThrow(missing);
});
