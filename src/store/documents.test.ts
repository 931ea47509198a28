import { expect, test } from "vitest";
import { noteOf } from "../../test/support/storedNotes.ts";
import { openStore } from "./openStore.ts";

const openEmpty = () => openStore(":memory:");

test("a note comes back as it was given, to the last unit", async () => {
  const store = await openEmpty();
  const text = "CRLF\r\nTab\tNUL-free 🫀 e\u0301 胸痛\u3000 end ";
  const document = { ...noteOf("adm-17.txt", text), language: "zh" as const };
  const { documentId } = store.addDocument(document);
  expect(store.getDocument(documentId)).toEqual(document);
});

test("importing a note makes a case that bears the file's name", async () => {
  const store = await openEmpty();
  const { caseId, added } = store.addDocument(noteOf("adm-17.txt", "Chest pain."));
  expect(added).toBe(true);
  expect(store.getCase(caseId)).toMatchObject({ title: "adm-17.txt", state: "new" });
});

test("the same bytes under the same name are told as a duplicate, not kept twice", async () => {
  const store = await openEmpty();
  const first = store.addDocument(noteOf("a.txt", "Chest pain."));
  expect(store.addDocument(noteOf("a.txt", "Chest pain."))).toEqual({ ...first, added: false });
  expect(store.addDocument(noteOf("b.txt", "Chest pain.")).added).toBe(true);
  expect(store.listCases().total).toBe(2);
});

test("the same bytes under another name are told as known where the note shall be kept once", async () => {
  const store = await openEmpty();
  const first = store.addDocument(noteOf("a.txt", "Chest pain."));
  const copy = noteOf("copy of a.txt", "Chest pain.");
  expect(store.addDocument(copy, { once: true })).toEqual({ ...first, added: false });
  const kept = store.addDocument(copy);
  expect(kept).toMatchObject({ name: "copy of a.txt", added: true });
  // Of several the namesake is meant.
  expect(store.addDocument(copy, { once: true })).toEqual({ ...kept, added: false });
});

test("the same bytes read in another encoding are another note", async () => {
  const store = await openEmpty();
  const mistaken = noteOf("a.txt", "ÐØÍ´");
  const first = store.addDocument(mistaken);
  const second = store.addDocument({ ...mistaken, text: "胸痛" });
  expect(second).toMatchObject({ added: true });
  expect([first, second].map(({ documentId }) => store.getDocument(documentId).text)).toEqual([
    "ÐØÍ´",
    "胸痛",
  ]);
  expect(store.addDocument({ ...mistaken, text: "胸痛" })).toEqual({ ...second, added: false });
});

test("a note can join a case, and a new case can have a title", async () => {
  const store = await openEmpty();
  const { caseId } = store.addDocument(noteOf("a.txt", "One."), { title: "Bed 4" });
  expect(store.addDocument(noteOf("b.txt", "Two."), { caseId }).caseId).toBe(caseId);
  const found = store.getCase(caseId);
  expect(found.title).toBe("Bed 4");
  expect(found.contents.map(({ name, utf16Length }) => [name, utf16Length])).toEqual([
    ["a.txt", 4],
    ["b.txt", 4],
  ]);
});

test("joining a case that is not there keeps nothing", async () => {
  const store = await openEmpty();
  expect(() => store.addDocument(noteOf("a.txt", "One."), { caseId: 7 })).toThrow(
    expect.objectContaining({ code: "NG-NOT-FOUND", params: { what: "case", name: 7 } }),
  );
  expect(store.listCases().total).toBe(0);
  expect(store.searchNotes("one")).toEqual([]);
});

test("a note that is not there is said to be missing", async () => {
  const store = await openEmpty();
  const missing = expect.objectContaining({ code: "NG-NOT-FOUND" });
  expect(() => store.getDocument("none")).toThrow(missing);
  expect(() => store.describeDocument("none")).toThrow(missing);
});
