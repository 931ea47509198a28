import type { CaseState } from "#core/storePort.ts";
import { type StoreContext, timestamp } from "./context.ts";

/** The first of these that a document of the case is in is the state of the case. */
const BY_URGENCY: readonly CaseState[] = ["running", "queued", "failed", "cancelled", "new", "done"];

/**
 * Brings the summary of a case up to date after a change in it. Lists of ten thousand cases read and sort by
 * these columns instead of looking at every run.
 */
export function summarizeCase(context: StoreContext, caseId: number): void {
  const documents = context.sql.all<{ state: CaseState; kept: number; proposed: number }>(
    `SELECT coalesce(latest.state, 'new') AS state, coalesce(result.kept, 0) AS kept,
       coalesce(result.proposed, 0) AS proposed
     FROM documents
     LEFT JOIN runs AS latest ON latest.id = (SELECT max(id) FROM runs WHERE document = number)
     LEFT JOIN runs AS result ON result.id =
       (SELECT max(id) FROM runs WHERE document = number AND state = 'done')
     WHERE case_id = ?`,
    [caseId],
  );
  const states = new Set(documents.map((document) => document.state));
  const urgent = BY_URGENCY.find((state) => states.has(state)) ?? "new";
  const entities = documents.reduce((sum, document) => sum + document.kept, 0);
  const proposed = documents.reduce((sum, document) => sum + document.proposed, 0);
  context.sql.run("UPDATE cases SET updated_at = ?, state = ?, entities = ?, proposed = ? WHERE id = ?", [
    timestamp(context),
    urgent === "done" && entities > 0 && proposed === 0 ? "reviewed" : urgent,
    entities,
    proposed,
    caseId,
  ]);
}
