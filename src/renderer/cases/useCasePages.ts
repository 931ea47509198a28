import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type PlainError, toPlainError } from "#core/errors.ts";
import { useClient, useEvent } from "../state/client.tsx";
import { createPacer } from "../state/pacer.ts";
import { type CasePages, type CaseQuery, pageRows, pagesFor } from "./casePages.ts";

const nothing: CasePages = { total: 0, pages: new Map() };

/** The listed cases as far as they were looked at. */
export type CaseList = {
  readonly known: CasePages;
  /** False until the first answer to this query. */
  readonly ready: boolean;
  readonly error: PlainError | null;
  /** Tells which rows are on screen, so that their pages are fetched. */
  show(first: number, last: number): void;
};

/**
 * Pages of the case list, fetched as they come into view: ten thousand cases cost what one screen costs.
 * Events refetch what is on screen; the old rows stand until the new ones are there.
 */
export function useCasePages(query: CaseQuery): CaseList {
  const client = useClient();
  const [known, setKnown] = useState(nothing);
  const [ready, setReady] = useState(false);
  const [error, setError] = useState<PlainError | null>(null);
  const shown = useRef<readonly number[]>([0]);
  const asked = useRef(new Set<number>());
  const round = useRef(0);

  const fetchPages = useCallback(
    (pages: readonly number[], fresh: boolean) => {
      const current = round.current;
      for (const page of pages) {
        asked.current.add(page);
        const request = { ...query, offset: page * pageRows, limit: pageRows };
        client.call("cases.list", request).then(
          (answer) => {
            if (round.current !== current) return;
            setKnown((last) => ({
              total: answer.total,
              pages: new Map([...(fresh ? onScreen(last, pages) : last.pages), [page, answer.cases]]),
            }));
            setReady(true);
            setError(null);
          },
          (thrown: unknown) => {
            if (round.current !== current) return;
            asked.current.delete(page);
            setError(toPlainError(thrown));
            setReady(true);
          },
        );
      }
    },
    [client, query],
  );

  const refetch = useCallback(() => {
    round.current += 1;
    asked.current = new Set();
    fetchPages(shown.current, true);
  }, [fetchPages]);

  useEffect(() => {
    shown.current = [0];
    setReady(false);
    refetch();
  }, [refetch]);

  const latest = useRef(refetch);
  useEffect(() => {
    latest.current = refetch;
  }, [refetch]);
  const pacer = useMemo(() => createPacer(400, () => latest.current()), []);
  useEffect(() => () => pacer.stop(), [pacer]);
  useEvent("cases", pacer.run);
  useEvent("document", pacer.run);
  useEvent("backend", ({ error: lost }) => {
    if (lost === null) pacer.run();
  });

  const show = useCallback(
    (first: number, last: number) => {
      shown.current = pagesFor(first, last);
      const missing = shown.current.filter((page) => !asked.current.has(page));
      if (missing.length > 0) fetchPages(missing, false);
    },
    [fetchPages],
  );
  return { known, ready, error, show };
}

function onScreen(last: CasePages, pages: readonly number[]) {
  return [...last.pages].filter(([page]) => pages.includes(page));
}
