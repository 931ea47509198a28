import { expect, test } from "vitest";
import { entityOf, extractionOf, noteOf, plan } from "../../test/support/storedNotes.ts";
import { openStore } from "./openStore.ts";

test("an export remembers its runs, their corrections by then, and the filter", async () => {
  const store = await openStore(":memory:", { clock: { now: () => new Date("2026-03-01T08:00:00Z") } });
  const note = noteOf("a.txt", "Takes metoprolol.");
  const { caseId, documentId } = store.addDocument(note);
  const runId = store.startRun(documentId, plan);
  store.finishRun(runId, extractionOf(note, [entityOf(note.text, "e1", "Medication", "metoprolol")]));
  const early = store.recordExport({
    format: "fhir",
    fileName: "a.fhir.json",
    filter: null,
    runIds: [runId],
  });
  store.correct(runId, [{ kind: "accept", entity: "e1" }]);
  const late = store.recordExport({
    format: "csv",
    fileName: null,
    filter: "type=Medication",
    runIds: [runId],
  });
  const at = "2026-03-01T08:00:00.000Z";
  expect(store.exportsOf(caseId)).toEqual([
    {
      exportId: late,
      at,
      format: "csv",
      fileName: null,
      filter: "type=Medication",
      runs: [{ runId, corrections: 1 }],
    },
    {
      exportId: early,
      at,
      format: "fhir",
      fileName: "a.fhir.json",
      filter: null,
      runs: [{ runId, corrections: 0 }],
    },
  ]);
});

test("an export of a run that is not there is not recorded", async () => {
  const store = await openStore(":memory:");
  const { caseId, documentId } = store.addDocument(noteOf("a.txt", "Well."));
  const runId = store.startRun(documentId, plan);
  expect(() =>
    store.recordExport({ format: "csv", fileName: null, filter: null, runIds: [runId, 99] }),
  ).toThrow(expect.objectContaining({ code: "NG-NOT-FOUND" }));
  expect(store.exportsOf(caseId)).toEqual([]);
});
