import { hash } from "node:crypto";
import type { StorePort } from "#core/storePort.ts";
import { present, type StoreContext, timestamp } from "./context.ts";
import { type DocumentRow, readDocument, SELECT_DOCUMENT, storedDocument } from "./documentRows.ts";
import { type RunRow, SELECT_RUN, storedRun } from "./runRows.ts";
import { indexNote } from "./search/noteIndex.ts";
import { summarizeCase } from "./summarizeCase.ts";

/** Keeping and reading notes. */
export function documentCalls(
  context: StoreContext,
): Pick<StorePort, "addDocument" | "getDocument" | "describeDocument"> {
  const { sql } = context;

  function makeCase(title: string): number {
    const at = timestamp(context);
    return sql.run(
      `INSERT INTO cases (title, created_at, updated_at, state, entities, proposed)
       VALUES (?, ?, ?, 'new', 0, 0)`,
      [title, at, at],
    );
  }

  return {
    addDocument: (document, into = {}) =>
      sql.atomically(() => {
        const sameBytes = sql.all<{ id: string; case_id: number; name: string; text: string }>(
          "SELECT id, case_id, name, text FROM documents JOIN texts ON document = number WHERE sha256 = ? AND (? OR name = ?)",
          [document.sha256, Number(into.once === true), document.name],
        );
        const sameText = sameBytes.filter(({ text }) => text === document.text);
        const namesakes = sameBytes.filter(({ name }) => name === document.name);
        const known = sameText.find(({ name }) => name === document.name) ?? sameText[0];
        if (known) return { documentId: known.id, caseId: known.case_id, name: known.name, added: false };
        // The same bytes in another encoding are another note, whose entities stand elsewhere.
        const documentId =
          namesakes.length === 0
            ? document.id
            : `${document.id}-${hash("sha256", document.text).slice(0, 8)}`;
        const caseId =
          into.caseId === undefined
            ? makeCase(into.title ?? document.name)
            : present(
                sql.one<{ id: number }>("SELECT id FROM cases WHERE id = ?", [into.caseId]),
                "case",
                into.caseId,
              ).id;
        const number = sql.run(
          `INSERT INTO documents (id, case_id, name, sha256, language, imported_at, utf16_length)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
          [
            documentId,
            caseId,
            document.name,
            document.sha256,
            document.language,
            timestamp(context),
            document.text.length,
          ],
        );
        sql.run("INSERT INTO texts (document, text) VALUES (?, ?)", [number, document.text]);
        indexNote(sql, number, document);
        summarizeCase(context, caseId);
        return { documentId, caseId, name: document.name, added: true };
      }),

    getDocument: (documentId) => readDocument(sql, documentId),

    describeDocument: (documentId) => {
      const row = sql.one<DocumentRow>(`${SELECT_DOCUMENT} WHERE id = ?`, [documentId]);
      const runs = sql.all<RunRow>(`${SELECT_RUN} WHERE documents.id = ? ORDER BY runs.id DESC`, [
        documentId,
      ]);
      return storedDocument(present(row, "document", documentId), runs.map(storedRun));
    },
  };
}
