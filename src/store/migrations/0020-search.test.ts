import { expect, test } from "vitest";
import { migrate } from "../migrate.ts";
import { loadSqlite } from "../runtime.ts";

const Sqlite = await loadSqlite();

test("indexes the notes that are there already and keeps them as they are", () => {
  const database = new Sqlite(":memory:");
  migrate(database, 10);
  database.exec(`
    INSERT INTO cases VALUES (1, 'a', 't', 't', 'new', 0, 0);
    INSERT INTO documents VALUES (4, 'd1', 1, 'a.txt', 'h1', 'en', 't', 3), (9, 'd2', 1, 'b.txt', 'h2', 'zh', 't', 3);
    INSERT INTO texts VALUES (4, 'Denies dyspnoea.'), (9, '胸痛两天。');
  `);
  const before = database.prepare("SELECT * FROM documents JOIN texts ON document = number").all();
  migrate(database, 20);
  expect(database.pragma("user_version", { simple: true })).toBe(20);
  expect(database.prepare("SELECT * FROM documents JOIN texts ON document = number").all()).toEqual(before);
  const find = database.prepare("SELECT rowid FROM note_words WHERE note_words MATCH ?").pluck();
  expect(find.all("dyspn*")).toEqual([4]);
  expect(find.all("胸痛")).toEqual([9]);
  database.close();
});
