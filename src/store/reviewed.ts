import type { ReviewedDocument, StorePort } from "#core/storePort.ts";
import type { StoreContext } from "./context.ts";

/** Notes that people have finished with. */
export function reviewedCalls({ sql }: StoreContext): Pick<StorePort, "reviewedDocuments"> {
  return {
    reviewedDocuments: (limit) =>
      sql.all<ReviewedDocument>(
        `SELECT documents.id AS documentId, case_id AS caseId, name, documents.language, kept AS entities
         FROM documents
         JOIN runs ON runs.id =
           (SELECT max(id) FROM runs WHERE document = documents.number AND state = 'done')
         JOIN cases ON cases.id = case_id
         WHERE runs.proposed = 0 AND found + kept > 0
         ORDER BY updated_at DESC, number DESC LIMIT ?`,
        [limit],
      ),
  };
}
