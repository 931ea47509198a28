import { useMemo } from "react";
import type { CaseRow } from "#contract/records.ts";
import { useNotices } from "../frame/useNotices.ts";
import { useText } from "../frame/useText.ts";
import { useCall } from "../state/useCall.ts";
import type { CaseQuery } from "./casePages.ts";

/** Work on many cases at once. */
export type CaseJobs = {
  read(caseIds: readonly string[]): Promise<void>;
  exportCases(caseIds: readonly string[]): Promise<void>;
  /** Ids of every case of the query, also of those never scrolled to. */
  allIds(): Promise<ReadonlySet<string>>;
  /** The rows of these cases, asking for those that are not known. */
  rowsOf(caseIds: readonly string[], known: readonly CaseRow[]): Promise<readonly CaseRow[]>;
};

/** How many cases are asked for at the same time. */
const together = 16;

/** The jobs that the case list offers for a selection. */
export function useCaseJobs(query: CaseQuery, onExport: (documentIds: readonly string[]) => void): CaseJobs {
  const call = useCall();
  const { show } = useNotices();
  const { t } = useText();
  return useMemo(() => {
    async function casesOf(caseIds: readonly string[]) {
      const found = [];
      for (let start = 0; start < caseIds.length; start += together) {
        const part = caseIds.slice(start, start + together);
        found.push(...(await Promise.all(part.map((caseId) => call("cases.get", { caseId })))));
      }
      return found.filter((one) => one !== undefined);
    }
    async function documentIdsOf(caseIds: readonly string[]) {
      return (await casesOf(caseIds)).flatMap((one) => one.documents.map((document) => document.id));
    }
    return {
      async read(caseIds) {
        const documentIds = await documentIdsOf(caseIds);
        if (documentIds.length === 0) return;
        const queue = await call("queue.start", { documentIds });
        if (queue) show(t("cases:queued", { count: documentIds.length }));
      },
      async exportCases(caseIds) {
        const documentIds = await documentIdsOf(caseIds);
        if (documentIds.length > 0) onExport(documentIds);
      },
      async allIds() {
        const ids = new Set<string>();
        const limit = 1000;
        for (let offset = 0, total = 1; offset < total; offset += limit) {
          const answer = await call("cases.list", { ...query, offset, limit });
          if (answer === undefined) break;
          total = answer.total;
          for (const row of answer.cases) ids.add(row.id);
        }
        return ids;
      },
      async rowsOf(caseIds, known) {
        const byId = new Map(known.map((row) => [row.id, row]));
        const missing = caseIds.filter((id) => !byId.has(id));
        for (const one of await casesOf(missing)) byId.set(one.case.id, one.case);
        return caseIds.map((id) => byId.get(id)).filter((row) => row !== undefined);
      },
    };
  }, [call, show, t, query, onExport]);
}
