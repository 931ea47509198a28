import type { StorePort } from "#core/storePort.ts";
import type { StoreContext } from "./context.ts";
import { makeSnippet } from "./search/snippet.ts";
import { matchExpression, searchTerms } from "./search/words.ts";

type HitRow = {
  readonly id: string;
  readonly case_id: number;
  readonly name: string;
  readonly text: string;
};

/** Full-text search over notes. */
export function searchCalls({ sql }: StoreContext): Pick<StorePort, "searchNotes"> {
  return {
    searchNotes: (query, { limit = 20, offset = 0, caseIds } = {}) => {
      const terms = searchTerms(query);
      const match = matchExpression(terms);
      if (match === null) return [];
      // The + makes SQLite go through the hits once instead of asking the index for each note anew.
      const within = caseIds
        ? "AND +rowid IN (SELECT number FROM documents WHERE case_id IN (SELECT value FROM json_each(@caseIds)))"
        : "";
      return sql
        .all<HitRow>(
          `SELECT id, case_id, name, text
           FROM (SELECT rowid AS hit, rank FROM note_words WHERE note_words MATCH @match ${within}
             ORDER BY rank, rowid LIMIT @limit OFFSET @offset)
           JOIN documents ON number = hit JOIN texts ON document = number ORDER BY rank, hit`,
          { match, limit, offset, caseIds: JSON.stringify(caseIds ?? []) },
        )
        .map((row) => ({
          caseId: row.case_id,
          documentId: row.id,
          name: row.name,
          ...makeSnippet(row.text, terms),
        }));
    },
  };
}
