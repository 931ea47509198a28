import { expect, test } from "vitest";
import type { RunPlan } from "#core/storePort.ts";
import { entityOf, extractionOf, noteOf, plan } from "../../test/support/storedNotes.ts";
import { openStore } from "./openStore.ts";

const text = "Takes metoprolol 25 mg for chest pain.";
const note = noteOf("adm-17.txt", text);
const entities = [
  {
    ...entityOf(text, "e1", "Medication", "metoprolol"),
    attributes: [{ role: "dosage" as const, entity: "e2" }],
    selector: { probability: 0.75, kept: true },
  },
  { ...entityOf(text, "e2", "Dosage", "25 mg"), assertion: null, section: null },
  { ...entityOf(text, "e3", "Sign_symptom", "chest pain"), selector: { probability: 0.2, kept: false } },
  {
    ...entityOf(text, "e4", "Sign_symptom", "chest pain"),
    fragments: [{ start: 27, end: 32 }, { start: 33, end: 37 }],
  },
]; // biome-ignore format: a table

async function storeWithNote() {
  const store = await openStore(":memory:");
  return { store, ...store.addDocument(note) };
}

test("what a run gave comes back field by field", async () => {
  const { store, documentId } = await storeWithNote();
  const runId = store.startRun(documentId, plan);
  const extraction = extractionOf(note, entities);
  store.finishRun(runId, extraction);
  expect(store.extraction(runId)).toEqual(extraction);
  expect(store.getRun(runId)).toMatchObject({
    documentId,
    state: "done",
    plan,
    error: null,
    result: { seconds: 1.5, tokensPerSecond: 800, coverage: 1, entities: 4, kept: 3, proposed: 3 },
  });
});

test("what a model wrote freely is kept as it wrote it, cannot be changed, and goes with the case", async () => {
  const { store, caseId, documentId } = await storeWithNote();
  const reply = { start: 0, end: 38, isUnreadable: false, ungrounded: 2, unknownTypes: 1 };
  const replies = [
    { ...reply, text: '[{"type": "Medication", "text": "metopro', isRepaired: true, isCutOff: true },
    { ...reply, start: 16, text: "胸痛 \u0000 '; --", isRepaired: false, isCutOff: false },
  ];
  const first = store.startRun(documentId, plan);
  store.finishRun(first, { ...extractionOf(note, entities), replies });
  const second = store.startRun(documentId, plan);
  store.finishRun(second, extractionOf(note, entities));
  expect(store.extraction(first).replies).toEqual(replies);
  expect(store.extraction(second)).not.toHaveProperty("replies");
  store.deleteCase(caseId);
  expect(() => store.extraction(first)).toThrow(expect.objectContaining({ code: "NG-NOT-FOUND" }));
});

test("a run remembers the language it was told to read", async () => {
  const { store, documentId } = await storeWithNote();
  const runId = store.startRun(documentId, plan);
  store.finishRun(runId, extractionOf({ ...note, language: "zh" }, entities));
  expect(store.extraction(runId).document.language).toBe("zh");
  expect(store.getDocument(documentId).language).toBe("en");
});

test("a run goes from the queue to its end, and the case shows where it is", async () => {
  const { store, caseId, documentId } = await storeWithNote();
  const stateOf = () => store.getCase(caseId).state;
  const runId = store.queueRun(documentId, plan);
  expect(stateOf()).toBe("queued");
  store.beginRun(runId);
  expect(stateOf()).toBe("running");
  expect(() => store.beginRun(runId)).toThrow(expect.objectContaining({ code: "NG-REQUEST" }));
  store.requeueRun(runId);
  expect(stateOf()).toBe("queued");
  store.finishRun(runId, extractionOf(note, entities));
  expect(stateOf()).toBe("done");
  expect(store.listCases().cases[0]).toMatchObject({ entities: 3, proposed: 3 });
});

test("a failed run keeps its coded error and a cancelled one none", async () => {
  const { store, caseId, documentId } = await storeWithNote();
  const failed = store.startRun(documentId, plan);
  const error = { code: "NG-CONTEXT", params: { needed: 900, available: 512 } } as const;
  store.failRun(failed, error);
  expect(store.getRun(failed)).toMatchObject({ state: "failed", error, result: null });
  const cancelled = store.startRun(documentId, plan);
  store.cancelRun(cancelled);
  expect(store.getRun(cancelled)).toMatchObject({ state: "cancelled", error: null, result: null });
  expect(store.getCase(caseId).state).toBe("cancelled");
  expect(() => store.extraction(failed)).toThrow(expect.objectContaining({ code: "NG-NOT-FOUND" }));
});

test("a run that came to its end stays as it is", async () => {
  const { store, documentId } = await storeWithNote();
  const runId = store.startRun(documentId, plan);
  store.cancelRun(runId);
  const refused = expect.objectContaining({ code: "NG-REQUEST" });
  expect(() => store.finishRun(runId, extractionOf(note, entities))).toThrow(refused);
  expect(() => store.beginRun(runId)).toThrow(refused);
  expect(store.getRun(runId).state).toBe("cancelled");
});

test("an entity that is not at its place is refused, and nothing of the run is kept", async () => {
  const { store, documentId } = await storeWithNote();
  const runId = store.startRun(documentId, plan);
  const shifted = entities.map((entity, i) => (i < 2 ? entity : { ...entity, start: entity.start + 1 }));
  expect(() => store.finishRun(runId, extractionOf(note, shifted))).toThrow(
    expect.objectContaining({ code: "NG-INTERNAL" }),
  );
  expect(store.getRun(runId)).toMatchObject({ state: "running", result: null });
  store.finishRun(runId, extractionOf(note, entities));
  expect(store.extraction(runId).entities).toEqual(entities);
});

test("reading a note again keeps the earlier run", async () => {
  const { store, documentId } = await storeWithNote();
  const first = store.startRun(documentId, plan);
  store.finishRun(first, extractionOf(note, entities));
  expect(store.latestRun(documentId)?.runId).toBe(first);
  const second = store.startRun(documentId, plan);
  expect(store.latestRun(documentId)?.runId).toBe(first);
  store.finishRun(second, extractionOf(note, entities.slice(0, 1)));
  expect(store.latestRun(documentId)?.runId).toBe(second);
  expect(store.extraction(first).entities).toHaveLength(4);
  expect(store.describeDocument(documentId).runs.map(({ runId }) => runId)).toEqual([second, first]);
});

test("a complete run is found by the same bytes, model and settings, in whatever order these stand", async () => {
  const { store, documentId } = await storeWithNote();
  const runId = store.startRun(documentId, plan);
  const find = (changed: Partial<RunPlan> = {}, from: Partial<{ sha256: string; name: string }> = {}) =>
    store.findCompleteRun({ sha256: note.sha256, ...from }, { ...plan, ...changed })?.runId;
  expect(find()).toBeUndefined();
  store.finishRun(runId, extractionOf(note, entities));
  expect(find()).toBe(runId);
  expect(find({ settings: { selector: null, language: "auto" } })).toBe(runId);
  expect(find({ model: "renamed" })).toBe(runId);
  expect(find({}, { name: "adm-17.txt" })).toBe(runId);
  const others: Partial<RunPlan>[] = [
    { modelSha256: "other" },
    { adapterSha256: "other" },
    { promptSha256: "other" },
    { paradigm: "zero" },
    { outputFormat: "json" },
    { bank: "other" },
    { types: ["Medication"] },
    { settings: { language: "zh", selector: null } },
  ];
  expect(others.map((changed) => find(changed))).toEqual(others.map(() => undefined));
  expect(find({}, { sha256: "other" })).toBeUndefined();
  expect(find({}, { name: "other.txt" })).toBeUndefined();
});

test("runs of this process that wait are unfinished, those at work are not", async () => {
  const { store, documentId } = await storeWithNote();
  const waiting = store.queueRun(documentId, plan);
  store.startRun(documentId, plan);
  const finished = store.startRun(documentId, plan);
  store.finishRun(finished, extractionOf(note, entities));
  expect(store.unfinishedRuns().map(({ runId }) => runId)).toEqual([waiting]);
});

test("a run of a note that is not there is not begun", async () => {
  const { store } = await storeWithNote();
  const missing = expect.objectContaining({ code: "NG-NOT-FOUND" });
  expect(() => store.startRun("none", plan)).toThrow(missing);
  expect(() => store.beginRun(99)).toThrow(missing);
  expect(() => store.getRun(99)).toThrow(missing);
  expect(store.latestRun("none")).toBeNull();
});

test("a run keeps its selector, and another threshold is another run", async () => {
  const { store, documentId } = await storeWithNote();
  const judged: RunPlan = { ...plan, selector: { sha256: "s".repeat(64), threshold: 0.5, below: null } };
  const runId = store.startRun(documentId, judged);
  const extraction = extractionOf(note, entities);
  const { selector } = judged;
  store.finishRun(runId, { ...extraction, run: { ...extraction.run, ...(selector && { selector }) } });
  expect(store.extraction(runId).run.selector).toEqual(selector);
  expect(store.getRun(runId).plan).toEqual(judged);
  expect(store.findCompleteRun(note, judged)?.runId).toBe(runId);
  expect(store.findCompleteRun(note, plan)).toBeNull();
  const stricter = { ...judged, selector: { sha256: "s".repeat(64), threshold: 0.6, below: null } };
  expect(store.findCompleteRun(note, stricter)).toBeNull();
});
