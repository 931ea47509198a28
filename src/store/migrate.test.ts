import { expect, test } from "vitest";
import { APPLICATION_ID, migrate, migrations, requireOwnStore } from "./migrate.ts";
import { loadSqlite } from "./runtime.ts";

const Sqlite = await loadSqlite();

test("the steps stand in order, and each leaves its number", () => {
  const versions = migrations.map(({ version }) => version);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  const database = new Sqlite(":memory:");
  for (const version of versions) {
    migrate(database, version);
    expect(database.pragma("user_version", { simple: true })).toBe(version);
  }
  expect(database.pragma("application_id", { simple: true })).toBe(APPLICATION_ID);
});

test("a second time changes nothing", () => {
  const database = new Sqlite(":memory:");
  migrate(database);
  const schema = () => database.prepare("SELECT * FROM sqlite_schema").all();
  const before = schema();
  migrate(database);
  expect(schema()).toEqual(before);
});

test("a step that fails leaves nothing behind", () => {
  const database = new Sqlite(":memory:");
  database.exec("CREATE TABLE runs (clash)");
  expect(() => migrate(database)).toThrow("runs");
  expect(database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()).toEqual([
    "runs",
  ]);
  expect(database.pragma("user_version", { simple: true })).toBe(0);
});

test("an empty database and an own one pass, another program's and a newer one do not", () => {
  const database = new Sqlite(":memory:");
  expect(requireOwnStore(database)).toBeUndefined();
  migrate(database);
  expect(requireOwnStore(database)).toBeUndefined();
  database.pragma("user_version = 9999");
  expect(() => requireOwnStore(database)).toThrow(expect.objectContaining({ code: "NG-STORE-NEWER" }));
  const foreign = new Sqlite(":memory:");
  foreign.exec("CREATE TABLE bookmarks (url)");
  expect(() => requireOwnStore(foreign)).toThrow(expect.objectContaining({ code: "NG-STORE-DAMAGED" }));
});
