import { expect, test } from "vitest";
import type { CaseQuery } from "#core/storePort.ts";
import { migrate } from "./migrate.ts";
import { storeOver } from "./openStore.ts";
import { loadSqlite } from "./runtime.ts";

const Sqlite = await loadSqlite();

/** The steps of the plan by which SQLite answers each statement of a page of cases: counting, page, notes. */
function plansOf(query: CaseQuery): string[][] {
  const asked: string[] = [];
  const database = new Sqlite(":memory:", { verbose: (sql) => asked.push(String(sql)) });
  try {
    migrate(database);
    asked.length = 0;
    storeOver(database).listCases(query);
    // A copy: the statements that explain are told as well.
    return [...asked].map((sql) =>
      database
        .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => detail),
    );
  } finally {
    database.close();
  }
}

const SORT = "USE TEMP B-TREE FOR ORDER BY";

/** How a page of ten thousand cases stays quick; the times themselves are told by bench/list-cases.ts. */
test.each<[CaseQuery, string]>([
  [{}, "cases_updated"],
  [{ offset: 9950 }, "cases_updated"],
  [{ sort: "created" }, "cases_created"],
  [{ sort: "title", offset: 5000 }, "cases_title"],
  [{ state: "done" }, "cases_state"],
  [{ search: "metop" }, "cases_updated"],
  [{ search: "胸痛" }, "cases_updated"],
  [{ search: "痛", sort: "title" }, "cases_title"],
  [{ search: "patient chest", state: "done" }, "cases_state"],
  [{ search: "100%" }, "cases_updated"],
])("a page for %j is cut from the index %s, and the notes are found by theirs", (query, index) => {
  const plans = plansOf(query);
  expect(plans).toHaveLength(3);
  const [, page = [], notes = []] = plans;
  // Every table by an index or its key, the words by the full-text index, and no text of a note at all.
  for (const step of plans.flat().filter((one) => /^(SCAN|SEARCH)/.test(one))) {
    expect(step).toMatch(/ USING (COVERING )?INDEX | USING INTEGER PRIMARY KEY | VIRTUAL TABLE /);
    expect(step).not.toMatch(/SCAN documents|texts/);
  }
  expect(page[0]).toContain(` cases USING INDEX ${index}`);
  expect(page).not.toContain(SORT);
  expect(notes[0]).toContain("SEARCH documents USING INDEX documents_case");
});

test("only the cases of one state are sorted, where another order than the last change is asked", () => {
  const [, page = []] = plansOf({ sort: "created", state: "failed", offset: 3000 });
  expect(page).toEqual([expect.stringContaining("SEARCH cases USING INDEX cases_state"), SORT]);
});
