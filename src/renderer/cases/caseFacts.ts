import type { CaseRow } from "#contract/records.ts";

/** What the list says first of a case: the text key of how far its reading is. */
export function readingFact(row: Pick<CaseRow, "status" | "entities">): string {
  switch (row.status) {
    case "none":
      return "cases:reading.none";
    case "queued":
    case "running":
      return `cases:reading.${row.status}`;
    case "failed":
    case "cancelled":
      // An earlier run may have found something; that is still there.
      return row.entities === 0 ? `cases:reading.${row.status}` : "cases:found";
    default:
      return "cases:found";
  }
}
