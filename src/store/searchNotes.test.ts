import fc from "fast-check";
import { expect, test } from "vitest";
import { noteOf } from "../../test/support/storedNotes.ts";
import { openStore } from "./openStore.ts";

test("a hit shows where its words stand in the note", async () => {
  const store = await openStore(":memory:");
  const text = `${"Nothing of note. ".repeat(40)}Dyspnée on exertion; 胸痛两天。`;
  const { caseId, documentId } = store.addDocument(noteOf("a.txt", text));
  store.addDocument(noteOf("b.txt", "Well."));
  for (const [query, word] of [
    ["dyspnee", "Dyspnée"],
    ["exer", "exertion"],
    ["胸痛", "胸痛"],
    ["痛", "痛"],
  ] as const) {
    const [hit, ...others] = store.searchNotes(query);
    expect(others).toEqual([]);
    expect(hit).toMatchObject({ caseId, documentId, name: "a.txt" });
    expect(hit?.found.map(({ start, end }) => text.slice(start, end))).toEqual([word]);
    const { start = 0, text: words = "" } = hit?.snippet ?? {};
    expect(text.slice(start, start + words.length)).toBe(words);
    expect(words).toContain(word);
  }
});

test("the note that says it most comes first, page by page", async () => {
  const store = await openStore(":memory:");
  store.addDocument(noteOf("once.txt", `Chest pain. ${"All else well. ".repeat(50)}`));
  store.addDocument(noteOf("often.txt", "Pain, pain, more pain."));
  store.addDocument(noteOf("none.txt", "Well."));
  const names = (page: { limit?: number; offset?: number; caseIds?: number[] }) =>
    store.searchNotes("pain", page).map(({ name }) => name);
  expect(names({})).toEqual(["often.txt", "once.txt"]);
  expect(names({ limit: 1, offset: 1 })).toEqual(["once.txt"]);
  const { cases } = store.listCases({ search: "once" });
  expect(names({ caseIds: cases.map(({ caseId }) => caseId) })).toEqual(["once.txt"]);
  expect(names({ caseIds: [] })).toEqual([]);
});

test("signs that mean something to the index mean nothing to a person", async () => {
  const store = await openStore(":memory:");
  store.addDocument(noteOf("a.txt", "Pain NOT relieved."));
  for (const query of ['"pain', "pain*", "pain)", "NOT pain", "words : pain", "^pain"]) {
    expect(store.searchNotes(query)).toHaveLength(query.startsWith("words") ? 0 : 1);
  }
  expect(store.searchNotes('"" * ( -')).toEqual([]);
});

test("whatever is typed, a search is an answer and no error", async () => {
  const store = await openStore(":memory:");
  const text = 'a"b \u0301 胸痛\u{20000} é٣ NEAR(';
  store.addDocument(noteOf("a.txt", text));
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(...text) })),
      (query) => {
        for (const { found } of store.searchNotes(query)) {
          for (const { start, end } of found) expect(text.slice(start, end)).not.toBe("");
        }
        expect(store.listCases({ search: query }).total).toBeLessThanOrEqual(1);
      },
    ),
  );
});
