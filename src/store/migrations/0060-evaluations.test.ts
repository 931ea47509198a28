import { expect, test } from "vitest";
import { migrate } from "../migrate.ts";
import { loadSqlite } from "../runtime.ts";

const Sqlite = await loadSqlite();

test("adds a table and leaves what was there as it was", () => {
  const database = new Sqlite(":memory:");
  migrate(database, 20);
  database.exec("INSERT INTO cases VALUES (1, 'a', 't', 't', 'new', 0, 0)");
  migrate(database, 60);
  expect(database.pragma("user_version", { simple: true })).toBe(60);
  expect(database.prepare("SELECT count(*) FROM cases").pluck().get()).toBe(1);
  expect(database.prepare("SELECT count(*) FROM evaluations").pluck().get()).toBe(0);
  database.close();
});
