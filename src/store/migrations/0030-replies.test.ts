import { expect, test } from "vitest";
import { migrate } from "../migrate.ts";
import { loadSqlite } from "../runtime.ts";

const Sqlite = await loadSqlite();

test("runs that are there already have no replies; a reply is never changed and goes with its run", () => {
  const database = new Sqlite(":memory:");
  migrate(database, 20);
  database.exec(`
    INSERT INTO cases VALUES (1, 'a', 't', 't', 'new', 0, 0);
    INSERT INTO documents VALUES (1, 'd', 1, 'a.txt', 'h', 'en', 't', 3);
    INSERT INTO runs (id, document, state, model, model_sha256, paradigm, output_format, prompt_sha256, types,
      settings, created_at) VALUES (1, 1, 'done', 'm', 'h', 'zero', 'json', 'p', '[]', '{}', 't');
  `);
  const before = database.prepare("SELECT * FROM runs").all();
  migrate(database, 30);
  expect(database.prepare("SELECT * FROM runs").all()).toEqual(before);
  const count = () => database.prepare("SELECT count(*) FROM replies").pluck().get();
  expect(count()).toBe(0);
  database.exec(`INSERT INTO replies VALUES (1, 0, 0, 3, '[]', 0, 0, 0, 0, 0)`);
  expect(() => database.exec("UPDATE replies SET text = ''")).toThrow("never changed");
  database.pragma("foreign_keys = ON");
  database.exec("DELETE FROM runs");
  expect(count()).toBe(0);
  database.close();
});
