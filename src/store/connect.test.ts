import { existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { entityOf, extractionOf, noteOf, plan } from "../../test/support/storedNotes.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { connect } from "./connect.ts";
import { openStore, storeOver } from "./openStore.ts";
import { loadSqlite } from "./runtime.ts";

const Sqlite = await loadSqlite();
const note = noteOf("adm-17.txt", "Denies dyspnoea. 胸痛两天。");

/** Makes a store with one note in it. */
async function makeStore(path: string): Promise<void> {
  const store = await openStore(path);
  store.addDocument(note);
  store.close();
}

async function codeOf(opening: Promise<unknown>): Promise<unknown> {
  return opening.then(
    () => "opened",
    (error) => error.code,
  );
}

test("a new store writes ahead, waits for the disk and minds its references", async () => {
  using folder = temporaryFolder();
  const database = await connect(folder.file("cases.db"));
  const pragma = (name: string) => database.pragma(name, { simple: true });
  expect(["journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout"].map(pragma)).toEqual([
    "wal", 2, 1, 1, 5000,
  ]); // biome-ignore format: one line reads best
  database.close();
  expect(statSync(folder.file("cases.db")).mode & 0o777).toBe(process.platform === "win32" ? 0o666 : 0o600);
});

test("an empty file is a fresh store", async () => {
  using folder = temporaryFolder();
  const path = folder.file("cases.db");
  writeFileSync(path, "");
  await makeStore(path);
  const store = await openStore(path, { mustExist: true });
  expect(store.listCases().total).toBe(1);
  store.close();
});

test("what was kept is there again, search included", async () => {
  using folder = temporaryFolder();
  const path = folder.file("cases.db");
  await makeStore(path);
  const store = await openStore(path);
  expect(store.getDocument(note.id)).toEqual(note);
  expect(store.searchNotes("胸痛")).toHaveLength(1);
  store.close();
});

test.each([
  ["text", Buffer.from("Denies chest pain.\n".repeat(1000))],
  ["a few bytes", Buffer.from([1, 2, 3])],
  ["a header without a database", Buffer.concat([Buffer.from("SQLite format 3\0"), Buffer.alloc(9000, 7)])],
])("%s is no case store and stays as it is", async (_, bytes) => {
  using folder = temporaryFolder();
  const path = folder.file("cases.db");
  writeFileSync(path, bytes);
  expect(await codeOf(openStore(path))).toBe("NG-STORE-DAMAGED");
  expect(readFileSync(path).equals(bytes)).toBe(true);
});

test("a database of another program stays as it is", async () => {
  using folder = temporaryFolder();
  const path = folder.file("bookmarks.db");
  const foreign = new Sqlite(path);
  foreign.exec("CREATE TABLE bookmarks (url)");
  foreign.close();
  const before = readFileSync(path);
  expect(await codeOf(openStore(path))).toBe("NG-STORE-DAMAGED");
  expect(readFileSync(path).equals(before)).toBe(true);
});

test("a store of a newer version stays as it is", async () => {
  using folder = temporaryFolder();
  const path = folder.file("cases.db");
  await makeStore(path);
  const newer = new Sqlite(path);
  newer.pragma("user_version = 99990");
  newer.close();
  const before = readFileSync(path);
  expect(await codeOf(openStore(path))).toBe("NG-STORE-NEWER");
  expect(readFileSync(path).equals(before)).toBe(true);
});

test("a store whose end is missing is damaged, now or at the first look at what is lost", async () => {
  using folder = temporaryFolder();
  const path = folder.file("cases.db");
  const whole = await openStore(path);
  for (let i = 0; i < 50; i++) whole.addDocument(noteOf(`${i}.txt`, `Note ${i}. `.repeat(300)));
  whole.close();
  truncateSync(path, Math.floor(statSync(path).size / 8192) * 4096);
  const look = openStore(path).then((store) => {
    for (const { documents } of store.listCases().cases) store.getDocument(documents[0]?.documentId ?? "");
  });
  expect(await codeOf(look)).toBe("NG-STORE-DAMAGED");
});

test("a store that another holds for itself alone cannot be opened", async () => {
  using folder = temporaryFolder();
  const path = folder.file("cases.db");
  await makeStore(path);
  const holder = new Sqlite(path);
  holder.pragma("locking_mode = EXCLUSIVE");
  holder.exec("BEGIN EXCLUSIVE");
  expect(await codeOf(openStore(path, { busyTimeout: 50 }))).toBe("NG-STORE-LOCKED");
  holder.exec("COMMIT");
  holder.close();
  expect(await codeOf(openStore(path))).toBe("opened");
});

test("while another writes, reading goes on and writing waits, then says so", async () => {
  using folder = temporaryFolder();
  const path = folder.file("cases.db");
  await makeStore(path);
  const holder = new Sqlite(path);
  holder.exec("BEGIN IMMEDIATE");
  const store = await openStore(path, { busyTimeout: 50 });
  const another = noteOf("b.txt", "Well.");
  expect(store.listCases().total).toBe(1);
  expect(() => store.addDocument(another)).toThrow(expect.objectContaining({ code: "NG-STORE-LOCKED" }));
  holder.exec("ROLLBACK");
  expect(store.addDocument(another).added).toBe(true);
  store.close();
  holder.close();
});

test("when the disk is full the call says so, and what was kept before is intact", async () => {
  using folder = temporaryFolder();
  const database = await connect(folder.file("cases.db"));
  const store = storeOver(database);
  const runId = store.startRun(store.addDocument(note).documentId, plan);
  database.pragma(`max_page_count = ${database.pragma("page_count", { simple: true })}`);
  const full = expect.objectContaining({ code: "NG-STORE-FULL", params: { name: "cases.db" } });
  expect(() => store.addDocument(noteOf("long.txt", "Dyspnoea on exertion. ".repeat(5000)))).toThrow(full);
  const many = Array.from({ length: 2000 }, (_, i) =>
    entityOf(note.text, `e${i}`, "Sign_symptom", "dyspnoea"),
  );
  expect(() => store.finishRun(runId, extractionOf(note, many))).toThrow(full);
  expect(store.listCases().total).toBe(1);
  expect(store.searchNotes("exertion")).toEqual([]);
  expect(store.getRun(runId).state).toBe("running");
  database.pragma("max_page_count = 1073741823");
  store.finishRun(runId, extractionOf(note, many));
  store.close();
  const again = await openStore(folder.file("cases.db"));
  expect(again.extraction(runId).entities).toHaveLength(2000);
  again.close();
});

test("what was deleted leaves the files", async () => {
  using folder = temporaryFolder();
  const path = folder.file("cases.db");
  const store = await openStore(path);
  const secret = "xylographer zymurgical 胸痛";
  const { caseId } = store.addDocument(noteOf("secret.txt", `${secret} ${"filler words ".repeat(3000)}`));
  store.addDocument(noteOf("other.txt", "Nothing of note."));
  const holds = (word: string) =>
    ["", "-wal"].some((end) => existsSync(path + end) && readFileSync(path + end).includes(word));
  expect(["xylographer", "zymurgical", "胸痛", "Nothing"].map(holds)).toEqual([true, true, true, true]);
  store.deleteCase(caseId);
  expect(["xylographer", "zymurgical", "胸痛", "Nothing"].map(holds)).toEqual([false, false, false, true]);
  store.close();
});

test("a folder that is not there, a folder in its place, a store that must exist", async () => {
  using folder = temporaryFolder();
  mkdirSync(folder.file("cases.db"));
  const reason = (path: string) => openStore(path).catch(({ code, params }) => [code, params.reason]);
  expect(await reason(folder.file("none/cases.db"))).toEqual(["NG-STORE", "STORE-NO-FOLDER"]);
  expect(await reason(folder.file("cases.db"))).toEqual(["NG-STORE", "EISDIR"]);
  expect(await codeOf(openStore(folder.file("other.db"), { mustExist: true }))).toBe("NG-NOT-FOUND");
  expect(existsSync(folder.file("other.db"))).toBe(false);
});
