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
    searchNotes: (query, { limit = 20, offset = 0 } = {}) => {
      const terms = searchTerms(query);
      const match = matchExpression(terms);
      if (match === null) return [];
      return sql
        .all<HitRow>(
          `SELECT id, case_id, name, text
           FROM (SELECT rowid AS hit, rank FROM note_words WHERE note_words MATCH ? ORDER BY rank, rowid LIMIT ? OFFSET ?)
           JOIN documents ON number = hit JOIN texts ON document = number ORDER BY rank, hit`,
          [match, limit, offset],
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
