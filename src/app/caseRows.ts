import type { CaseRow, DocumentRow, NoteStatus } from "#contract/records.ts";
import { NotegrainError } from "#core/errors.ts";
import type { CaseSummary, SearchHit, StoredDocument } from "#core/storePort.ts";

/** The store numbers its cases; the contract's ids are strings. @throws NG-NOT-FOUND */
export function caseNumber(caseId: string): number {
  if (!/^\d{1,15}$/.test(caseId)) throw new NotegrainError("NG-NOT-FOUND", { what: "case", name: caseId });
  return Number(caseId);
}

/** A case as the list shows it; `hit` is where a search found its words. */
export function caseRow(summary: CaseSummary, hit?: SearchHit): CaseRow {
  const { caseId, state, entities, proposed } = summary;
  return {
    id: String(caseId),
    title: summary.title,
    createdAt: summary.createdAt,
    updatedAt: summary.updatedAt,
    documents: summary.documents.length,
    entities,
    decided: entities - proposed,
    status: status(state, entities, proposed),
    language: summary.documents[0]?.language ?? "en",
    snippet: snippet(hit),
  };
}

/** A note as the list shows it. */
export function documentRow(document: StoredDocument): DocumentRow {
  const latest = document.runs[0];
  const result = document.runs.find((run) => run.state === "done")?.result;
  return {
    id: document.documentId,
    caseId: String(document.caseId),
    name: document.name,
    language: document.language,
    utf16Length: document.utf16Length,
    importedAt: document.importedAt,
    status: status(latest?.state ?? "new", result?.kept ?? 0, result?.proposed ?? 0),
    entities: result?.kept ?? 0,
    error: latest?.error ?? null,
  };
}

function status(state: CaseSummary["state"], entities: number, proposed: number): NoteStatus {
  if (state === "new") return "none";
  return state === "done" && entities > 0 && proposed === 0 ? "reviewed" : state;
}

function snippet(hit: SearchHit | undefined): CaseRow["snippet"] {
  const found = hit?.found[0];
  if (!hit || !found) return null;
  const { start, text } = hit.snippet;
  return { text, start: found.start - start, end: found.end - start };
}
