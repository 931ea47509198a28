import { expect, test } from "vitest";
import { migrate } from "../migrate.ts";
import { loadSqlite } from "../runtime.ts";

const Sqlite = await loadSqlite();

test("makes the tables of an empty database", () => {
  using database = disposable(new Sqlite(":memory:"));
  const tables = () =>
    database.sql.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();
  expect(tables()).toEqual([]);
  migrate(database.sql, 10);
  expect(tables()).toEqual([
    "cases", "corrections", "documents", "entities", "export_runs", "exports", "runs", "settings",
    "sqlite_sequence", "texts",
  ]); // biome-ignore format: one line reads best
  expect(database.sql.pragma("user_version", { simple: true })).toBe(10);
});

test("what a model said and what a person said of it cannot be changed, only added to", () => {
  using database = disposable(new Sqlite(":memory:"));
  migrate(database.sql, 10);
  database.sql.exec(`
    INSERT INTO cases VALUES (1, 'a', 't', 't', 'new', 0, 0);
    INSERT INTO documents VALUES (1, 'd', 1, 'a.txt', 'h', 'en', 't', 3);
    INSERT INTO runs (id, document, state, model, model_sha256, paradigm, output_format, prompt_sha256, types,
      settings, created_at) VALUES (1, 1, 'done', 'm', 'h', 'zero', 'json', 'p', '[]', '{}', 't');
    INSERT INTO entities (run, position, id, type, start, "end", attributes, status)
      VALUES (1, 0, 'e1', 'Date', 0, 3, '[]', 'proposed');
    INSERT INTO corrections (run, at, entry) VALUES (1, 't', '{"kind":"undo"}');
  `);
  expect(() => database.sql.exec("UPDATE entities SET type = 'Age'")).toThrow("never changed");
  expect(() => database.sql.exec("UPDATE corrections SET entry = ''")).toThrow("never changed");
  expect(() => database.sql.exec("UPDATE runs SET state = 'lost'")).toThrow("CHECK");
});

function disposable(sql: InstanceType<typeof Sqlite>) {
  return { sql, [Symbol.dispose]: () => void sql.close() };
}
