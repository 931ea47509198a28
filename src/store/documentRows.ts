import type { Language, NoteDocument } from "#core/document/noteDocument.ts";
import type { StoredDocument, StoredRun } from "#core/storePort.ts";
import { present } from "./context.ts";
import type { Statements } from "./statements.ts";

/** A row of `documents` without the text. */
export type DocumentRow = {
  readonly number: number;
  readonly id: string;
  readonly case_id: number;
  readonly name: string;
  readonly sha256: string;
  readonly language: Language;
  readonly imported_at: string;
  readonly utf16_length: number;
};

/** The note itself. @throws NG-NOT-FOUND */
export function readDocument(sql: Statements, documentId: string): NoteDocument {
  const row = sql.one<NoteDocument>(
    "SELECT id, name, text, sha256, language FROM documents JOIN texts ON document = number WHERE id = ?",
    [documentId],
  );
  return present(row, "document", documentId);
}

/** To be followed by a condition. */
export const SELECT_DOCUMENT =
  "SELECT number, id, case_id, name, sha256, language, imported_at, utf16_length FROM documents";

export function storedDocument(row: DocumentRow, runs: readonly StoredRun[]): StoredDocument {
  return {
    documentId: row.id,
    caseId: row.case_id,
    name: row.name,
    sha256: row.sha256,
    language: row.language,
    importedAt: row.imported_at,
    utf16Length: row.utf16_length,
    runs,
  };
}
