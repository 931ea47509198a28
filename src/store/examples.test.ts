import { expect, test } from "vitest";
import { plantExample } from "../../test/support/examples.ts";
import { extractionOf, noteOf, plan } from "../../test/support/storedNotes.ts";
import { migrate } from "./migrate.ts";
import { openStore } from "./openStore.ts";
import { loadSqlite } from "./runtime.ts";

const fever = plantExample("She has ⟦fever|Sign_symptom⟧ 100%.", "a");
const drug = plantExample("Takes ⟦aspirin|Medication⟧ for ⟦pain|Sign_symptom⟧.", "b");
const gold = [fever, drug].map((example) => ({ ...example, origin: "gold" as const }));

async function bankOfTwo() {
  const store = await openStore(":memory:");
  expect(store.addExamples(gold)).toBe(2);
  return store;
}
const ids = (found: { readonly examples: readonly { readonly id: string }[] }) =>
  found.examples.map(({ id }) => id);

test("examples come back as they were, each once", async () => {
  const store = await bankOfTwo();
  expect(store.addExamples(gold)).toBe(0);
  expect(store.allExamples()).toEqual(
    gold.map((example) => ({ ...example, sourceName: example.source, isPinned: false, isBanned: false })),
  );
  store.close();
});

test("they are found by words, type and mark, a page at a time", async () => {
  const store = await bankOfTwo();
  expect(ids(store.listExamples({ search: "ASPIRIN" }))).toEqual([drug.id]);
  expect(ids(store.listExamples({ search: "100%" }))).toEqual([fever.id]);
  expect(ids(store.listExamples({ search: "1%0" }))).toEqual([]);
  expect(ids(store.listExamples({ type: "Medication" }))).toEqual([drug.id]);
  expect(store.listExamples({ type: "Sign_symptom", offset: 1, limit: 5 })).toMatchObject({
    total: 2,
    examples: [{ id: drug.id }],
  });
  store.markExamples([drug.id], { isPinned: true });
  store.markExamples([fever.id], { isBanned: true });
  expect(ids(store.listExamples({ marked: "pinned" }))).toEqual([drug.id]);
  expect(ids(store.listExamples({ marked: "banned" }))).toEqual([fever.id]);
  store.markExamples([drug.id], { isBanned: true });
  expect(store.listExamples({ marked: "pinned" }).examples[0]).toMatchObject({
    isPinned: true,
    isBanned: true,
  });
  expect(() => store.markExamples(["nobody"], { isPinned: true })).toThrow(
    expect.objectContaining({ code: "NG-NOT-FOUND" }),
  );
  store.close();
});

test("one is changed or deleted; every change has a version of its own", async () => {
  const store = await bankOfTwo();
  const versions = [store.examplesVersion()];
  const changed = plantExample("She has ⟦high fever|Sign_symptom⟧.", "a");
  store.markExamples([fever.id], { isPinned: true });
  versions.push(store.examplesVersion());
  store.replaceExample(fever.id, changed);
  versions.push(store.examplesVersion());
  expect(store.allExamples()[0]).toMatchObject({ ...changed, isPinned: true });
  store.deleteExamples([drug.id, "gone long ago"]);
  versions.push(store.examplesVersion());
  expect(store.allExamples()).toHaveLength(1);
  expect(new Set(versions).size).toBe(versions.length);
  expect(() => store.replaceExample("nobody", changed)).toThrow(
    expect.objectContaining({ code: "NG-NOT-FOUND" }),
  );
  // Made equal to another one, it takes its place.
  store.addExamples(gold);
  store.replaceExample(changed.id, drug);
  expect(
    store
      .allExamples()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual([drug.id, fever.id].toSorted());
  store.close();
});

test("vectors are kept for one encoder, and go with a change of their example", async () => {
  const store = await bankOfTwo();
  const vector = Int8Array.of(127, -127, 0);
  const vectors = [fever, drug].map(({ id }) => ({ id, vector }));
  store.keepVectors("first", [...vectors, { id: "gone", vector }]);
  expect(store.exampleVectors("first")).toEqual(vectors);
  expect(store.vectorEncoders()).toEqual([{ encoder: "first", dimension: 3, vectors: 2 }]);
  const renamed = {
    ...fever,
    id: "renamed",
    spans: fever.spans.map((span) => ({ ...span, type: "Severity" })),
  };
  store.replaceExample(fever.id, renamed);
  expect(store.exampleVectors("first")).toEqual([{ id: "renamed", vector }, ...vectors.slice(1)]);
  store.replaceExample("renamed", plantExample("Now ⟦well|Sign_symptom⟧.", "a"));
  expect(store.exampleVectors("first")).toEqual(vectors.slice(1));
  store.keepVectors("second", [{ id: drug.id, vector: Int8Array.of(1) }]);
  expect(store.exampleVectors("first")).toEqual([]);
  expect(store.vectorEncoders()).toEqual([{ encoder: "second", dimension: 1, vectors: 1 }]);
  store.close();
});

test("what a reviewed note gave is called by its file and goes with its case", async () => {
  const store = await bankOfTwo();
  const { documentId, caseId } = store.addDocument(noteOf("adm-1.txt", "She has a cough."));
  const cough = { ...plantExample("She has a ⟦cough|Sign_symptom⟧.", documentId), origin: "review" as const };
  store.addExamples([cough]);
  expect(store.listExamples({ search: "cough" }).examples[0]).toMatchObject({
    sourceName: "adm-1.txt",
    origin: "review",
  });
  const version = store.examplesVersion();
  store.deleteCase(caseId);
  expect(store.allExamples().map(({ id }) => id)).toEqual([fever.id, drug.id]);
  expect(store.examplesVersion()).not.toBe(version);
  store.close();
});

test("which examples a run was shown is kept with it, without their words", async () => {
  const store = await bankOfTwo();
  const note = noteOf("adm-1.txt", "She has a cough.");
  const { documentId } = store.addDocument(note);
  const runId = store.startRun(documentId, plan);
  const shown = {
    used: [{ id: fever.id, source: "a", similarity: 0.75 }],
    budgetTokens: 800,
    askedTokens: 1500,
    shortened: 1,
    leftOut: 2,
    nearDuplicates: 3,
    missingTypes: ["Medication"],
    unread: 4,
    unreadTypes: ["Date"],
  };
  store.finishRun(runId, { ...extractionOf(note, []), examples: shown });
  expect(store.extraction(runId).examples).toEqual(shown);
  const other = store.startRun(documentId, plan);
  store.finishRun(other, extractionOf(note, []));
  expect(store.extraction(other)).not.toHaveProperty("examples");
  store.close();
});

test("what a reviewed note gave is replaced as a whole; gold and other notes stay, and so do marks", async () => {
  const store = await bankOfTwo();
  const [one, two] = ["one.txt", "two.txt"].map(
    (name) => store.addDocument(noteOf(name, `${name}: she has a cough.`)).documentId,
  ) as [string, string];
  const cough = plantExample("She has a ⟦cough|Sign_symptom⟧.", one);
  const night = plantExample("At ⟦night|Date⟧ it is worse.", one);
  const other = plantExample("She has a ⟦cough|Sign_symptom⟧.", two);
  expect(store.replaceReviewed(one, [cough, night, night])).toBe(2);
  expect(store.replaceReviewed(two, [other])).toBe(1);
  store.markExamples([cough.id], { isPinned: true });
  const better = plantExample("At night it is worse.", one);
  expect(store.replaceReviewed(one, [better, { ...cough, readFor: ["Sign_symptom"] }])).toBe(1);
  expect(store.allExamples().map(({ id }) => id)).toEqual(
    [fever, drug, cough, other, better].map(({ id }) => id),
  );
  expect(store.allExamples()[2]).toMatchObject({
    isPinned: true,
    origin: "review",
    readFor: ["Sign_symptom"],
  });
  expect(store.replaceReviewed(one, [])).toBe(0);
  expect(store.allExamples().map(({ id }) => id)).toEqual([fever, drug, other].map(({ id }) => id));
  expect(() => store.replaceReviewed("nobody", [cough])).toThrow(
    expect.objectContaining({ code: "NG-NOT-FOUND" }),
  );
  expect(store.allExamples()).toHaveLength(3);
  store.close();
});

test("what an example was read for is kept, follows its import, and can be said otherwise", async () => {
  const store = await bankOfTwo();
  const readFor = () => store.allExamples().map((example) => example.readFor);
  expect(readFor()).toEqual([undefined, undefined]);
  const versions = [store.examplesVersion()];
  store.markExamples([fever.id], { isPinned: true });
  expect(store.addExamples(gold.map((one) => ({ ...one, readFor: ["B", "A", "B"] })))).toBe(0);
  expect(readFor()).toEqual([
    ["A", "B"],
    ["A", "B"],
  ]);
  expect(store.allExamples()[0]?.isPinned).toBe(true);
  versions.push(store.examplesVersion());
  store.addExamples(gold.slice(1).map((one) => ({ ...one, readFor: [] })));
  store.setReadFor(["B", "A"], ["Sign_symptom", "B"]);
  expect(readFor()).toEqual([["B", "Sign_symptom"], []]);
  store.replaceExample(fever.id, plantExample("She has a ⟦high fever|Sign_symptom⟧.", "a"));
  expect(readFor()).toEqual([["B", "Sign_symptom"], []]);
  store.setReadFor([], null);
  expect(readFor()).toEqual([["B", "Sign_symptom"], undefined]);
  versions.push(store.examplesVersion());
  store.addExamples(gold.slice(1));
  expect(store.examplesVersion()).toBe(versions[2]);
  expect(new Set(versions).size).toBe(3);
  store.close();
});

test("examples of an earlier version count as read for every type", async () => {
  const Sqlite = await loadSqlite();
  const database = new Sqlite(":memory:");
  migrate(database, 70);
  database.exec(
    "INSERT INTO examples (id, text, spans, source, language, origin) VALUES ('x', 't', '[]', 's', 'en', 'gold')",
  );
  migrate(database, 80);
  expect(database.prepare("SELECT read_for FROM examples").pluck().get()).toBeNull();
  database.close();
});

test("a store of an earlier version gets the tables and keeps what it holds", async () => {
  const Sqlite = await loadSqlite();
  const database = new Sqlite(":memory:");
  migrate(database, 60);
  database.exec("INSERT INTO cases VALUES (1, 'a', 't', 't', 'new', 0, 0)");
  migrate(database, 70);
  expect(database.pragma("user_version", { simple: true })).toBe(70);
  expect(database.prepare("SELECT count(*) FROM cases").pluck().get()).toBe(1);
  expect(database.prepare("SELECT version FROM examples_version").pluck().get()).toBe(0);
  database.close();
});
