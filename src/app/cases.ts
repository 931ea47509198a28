import type { ParsedRequest } from "#contract/methods.ts";
import type { CaseState } from "#core/storePort.ts";
import { caseNumber, caseRow, documentRow } from "./caseRows.ts";
import type { AppContext, Handlers } from "./handlers.ts";
import type { Queue } from "./queue.ts";

type CaseHandlers = Pick<Handlers, "cases.list" | "cases.get" | "cases.rename" | "cases.delete">;

/** The list of cases, and what is done to one as a whole. */
export function caseHandlers({ store, events }: AppContext, queue: Queue): CaseHandlers {
  return {
    "cases.list": ({ search, status, sort, offset, limit }) => {
      const page = store.listCases({ search, sort, offset, limit, ...stateOf(status) });
      // Every note of these cases that holds the words: the best one of each shows them.
      const caseIds = page.cases.map((summary) => summary.caseId);
      const hits = store.searchNotes(search, { caseIds, limit: Number.MAX_SAFE_INTEGER });
      const hitOf = new Map(hits.toReversed().map((hit) => [hit.caseId, hit]));
      return {
        total: page.total,
        cases: page.cases.map((summary) => caseRow(summary, hitOf.get(summary.caseId))),
      };
    },
    "cases.get": ({ caseId }) => {
      const found = store.getCase(caseNumber(caseId));
      return { case: caseRow(found), documents: found.contents.map(documentRow) };
    },
    "cases.rename": ({ caseId, title }) => {
      store.renameCase(caseNumber(caseId), title);
      events.emit("cases", {});
      return caseRow(store.getCase(caseNumber(caseId)));
    },
    "cases.delete": async ({ caseId }) => {
      const { contents } = store.getCase(caseNumber(caseId));
      await queue.forget(contents.map((document) => document.documentId));
      const { documents, runs, corrections } = store.deleteCase(caseNumber(caseId));
      events.emit("cases", {});
      return { documents, runs, corrections };
    },
  };
}

function stateOf(status: ParsedRequest<"cases.list">["status"]): { state?: CaseState | "reviewed" } {
  if (status === null) return {};
  return { state: status === "none" ? "new" : status };
}
