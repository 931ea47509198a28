import type { CaseContents, CaseQuery, CaseState, CaseSummary, StorePort } from "#core/storePort.ts";
import { present, type StoreContext } from "./context.ts";
import { type DocumentRow, readDocument, SELECT_DOCUMENT, storedDocument } from "./documentRows.ts";
import { RUNS_OF_CASE, type RunRow, SELECT_RUN, storedRun } from "./runRows.ts";
import { unindexNote } from "./search/noteIndex.ts";
import { matchExpression, searchTerms } from "./search/words.ts";
import { summarizeCase } from "./summarizeCase.ts";

type CaseRow = {
  readonly id: number;
  readonly title: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly state: CaseState;
  readonly entities: number;
  readonly proposed: number;
};

const SELECT_CASE = "SELECT id, title, created_at, updated_at, state, entities, proposed FROM cases";

/** The id makes the order whole where two cases tie. */
const ORDER = {
  updated: "updated_at DESC, id DESC",
  created: "created_at DESC, id DESC",
  title: "title, id",
} as const satisfies Record<NonNullable<CaseQuery["sort"]>, string>;

type CaseCalls = Pick<StorePort, "listCases" | "getCase" | "renameCase" | "caseContents" | "deleteCase">;

export function caseCalls(context: StoreContext): CaseCalls {
  const { sql } = context;

  function summary(row: CaseRow, documents: readonly DocumentRow[]): CaseSummary {
    return {
      caseId: row.id,
      title: row.title,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      state: row.state,
      documents: documents.map(({ id, name, language }) => ({ documentId: id, name, language })),
      entities: row.entities,
      proposed: row.proposed,
    };
  }

  const caseRow = (caseId: number): CaseRow =>
    present(sql.one<CaseRow>(`${SELECT_CASE} WHERE id = ?`, [caseId]), "case", caseId);

  function caseContents(caseId: number): CaseContents {
    caseRow(caseId);
    const counts = sql.one<CaseContents>(
      `SELECT (SELECT count(*) FROM documents WHERE case_id = @caseId) AS documents,
         (SELECT count(*) FROM (${RUNS_OF_CASE})) AS runs,
         (SELECT count(*) FROM entities WHERE run IN (${RUNS_OF_CASE})) AS entities,
         (SELECT count(*) FROM corrections WHERE run IN (${RUNS_OF_CASE})) AS corrections,
         (SELECT count(DISTINCT export) FROM export_runs WHERE run IN (${RUNS_OF_CASE})) AS exports`,
      { caseId },
    );
    return present(counts, "case", caseId);
  }

  return {
    caseContents,

    listCases: ({ search = "", state, sort = "updated", limit = 50, offset = 0 } = {}) => {
      const conditions: string[] = [];
      const match = matchExpression(searchTerms(search));
      if (state !== undefined) conditions.push("state = @state");
      if (search.trim() !== "") {
        const byTitle = "title LIKE @title ESCAPE '\\'";
        const byWords = `id IN (SELECT case_id FROM documents WHERE number IN
          (SELECT rowid FROM note_words WHERE note_words MATCH @match))`;
        conditions.push(match === null ? byTitle : `(${byTitle} OR ${byWords})`);
      }
      const where = conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "";
      const bind = { state, match, title: `%${search.trim().replace(/[\\%_]/g, "\\$&")}%` };
      const total = sql.one<{ n: number }>(`SELECT count(*) AS n FROM cases ${where}`, bind)?.n ?? 0;
      const rows = sql.all<CaseRow>(
        `${SELECT_CASE} ${where} ORDER BY ${ORDER[sort]} LIMIT @limit OFFSET @offset`,
        { ...bind, limit, offset },
      );
      const documents = sql.all<DocumentRow>(
        `${SELECT_DOCUMENT} WHERE case_id IN (SELECT value FROM json_each(?)) ORDER BY number`,
        [JSON.stringify(rows.map((row) => row.id))],
      );
      const byCase = Map.groupBy(documents, (document) => document.case_id);
      return { total, cases: rows.map((row) => summary(row, byCase.get(row.id) ?? [])) };
    },

    getCase: (caseId) => {
      const row = caseRow(caseId);
      const documents = sql.all<DocumentRow>(`${SELECT_DOCUMENT} WHERE case_id = ? ORDER BY number`, [
        caseId,
      ]);
      const runs = sql
        .all<RunRow>(`${SELECT_RUN} WHERE case_id = ? ORDER BY runs.id DESC`, [caseId])
        .map(storedRun);
      const byDocument = Map.groupBy(runs, (run) => run.documentId);
      return {
        ...summary(row, documents),
        contents: documents.map((document) => storedDocument(document, byDocument.get(document.id) ?? [])),
      };
    },

    renameCase: (caseId, title) =>
      sql.atomically(() => {
        caseRow(caseId);
        sql.run("UPDATE cases SET title = ? WHERE id = ?", [title, caseId]);
        summarizeCase(context, caseId);
      }),

    deleteCase: (caseId) => {
      const contents = sql.atomically(() => {
        const gone = caseContents(caseId);
        for (const { number, id } of sql.all<DocumentRow>(`${SELECT_DOCUMENT} WHERE case_id = ?`, [caseId])) {
          unindexNote(sql, number, readDocument(sql, id));
        }
        sql.run(
          `DELETE FROM exports WHERE id IN (SELECT export FROM export_runs WHERE run IN (${RUNS_OF_CASE}))
           AND id NOT IN (SELECT export FROM export_runs WHERE run NOT IN (${RUNS_OF_CASE}))`,
          { caseId },
        );
        sql.run("DELETE FROM cases WHERE id = ?", [caseId]);
        return gone;
      });
      // What was deleted still stands in the write-ahead log until that is emptied.
      sql.one("PRAGMA wal_checkpoint(TRUNCATE)");
      return contents;
    },
  };
}
