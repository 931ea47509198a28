import { expect, test } from "vitest";
import type { Entity } from "#core/entity/entity.ts";
import type { StorePort } from "#core/storePort.ts";
import { openStore } from "#store/openStore.ts";
import { entityOf, extractionOf, noteOf, plan } from "../../test/support/storedNotes.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { listReviewed, reviewedGold } from "./reviewedNotes.ts";

/** A note with two findings of these statuses, read for these types. */
function read(
  store: StorePort,
  name: string,
  statuses: readonly Entity["status"][],
  {
    types = plan.types,
    caseId,
    ownTypes,
  }: { types?: readonly string[]; caseId?: number; ownTypes?: string } = {},
): { documentId: string; caseId: number } {
  const note = noteOf(name, `${name}: aspirin for chest pain`);
  const kept = store.addDocument(note, caseId === undefined ? {} : { caseId });
  const settings = { ...plan.settings, ...(ownTypes !== undefined && { ownTypes }) };
  const runId = store.startRun(kept.documentId, { ...plan, types, settings });
  const words = ["aspirin", "chest pain"];
  const entities = statuses.map((status, i) => ({
    ...entityOf(note.text, `e${i + 1}`, i === 0 ? "Medication" : "Sign_symptom", words[i] ?? ""),
    status,
  }));
  const extraction = extractionOf(note, entities);
  store.finishRun(runId, { ...extraction, run: { ...extraction.run, types } });
  return kept;
}

test("notes with every entity decided are listed, also one of several in a case", async () => {
  using folder = temporaryFolder();
  const store = await openStore(folder.file("cases.db"));
  const done = read(store, "done.txt", ["accepted", "rejected"]);
  read(store, "open.txt", ["accepted", "proposed"]);
  const mixed = read(store, "mixed.txt", ["proposed"]);
  const inside = read(store, "inside.txt", ["added"], { caseId: mixed.caseId });
  read(store, "nothing.txt", []);
  store.addDocument(noteOf("unread.txt", "not read"));
  const notes = listReviewed(store);
  expect(notes.map(({ documentId }) => documentId).sort()).toEqual(
    [done, inside].map((n) => n.documentId).sort(),
  );
  expect(notes.find(({ name }) => name === "done.txt")?.entities).toBe(1);
  store.close();
});

test("gold is what a person left; types are those that all notes were read for", async () => {
  using folder = temporaryFolder();
  const store = await openStore(folder.file("cases.db"));
  const device = { name: "Device", definition: "A device", examples: [] };
  const one = read(store, "one.txt", ["edited", "rejected"], {
    types: ["Device", "Medication", "Age"],
    ownTypes: JSON.stringify([device]),
  });
  const two = read(store, "two.txt", ["added", "accepted"], { types: ["Medication", "Device"] });
  const { gold, types, ownTypes } = reviewedGold(store, [one.documentId, two.documentId]);
  expect(gold.map(({ name, mentions }) => [name, mentions.length])).toEqual([
    [one.documentId, 1],
    [two.documentId, 2],
  ]);
  expect(types).toEqual(["Device", "Medication"]);
  expect(ownTypes).toEqual([device]);
  store.close();
});

test("what cannot be gold is refused by name", async () => {
  using folder = temporaryFolder();
  const store = await openStore(folder.file("cases.db"));
  const done = read(store, "done.txt", ["accepted"], { types: ["Medication"] });
  const other = read(store, "other.txt", ["accepted"], { types: ["Age"] });
  const open = read(store, "open.txt", ["proposed"]);
  const unread = store.addDocument(noteOf("unread.txt", "not read"));
  const refused = (...notes: { documentId: string }[]) => {
    try {
      return reviewedGold(
        store,
        notes.map(({ documentId }) => documentId),
      ).types;
    } catch (error) {
      return error;
    }
  };
  expect(refused(done, other)).toMatchObject({ code: "NG-SCHEMA" });
  expect(refused(done, open)).toMatchObject({ code: "NG-UNREVIEWED", params: { name: "open.txt" } });
  expect(refused(unread)).toMatchObject({ code: "NG-NOT-READ" });
  expect(refused(done)).toEqual(["Medication"]);
  store.close();
});
