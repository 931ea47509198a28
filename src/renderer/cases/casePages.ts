import type { RequestOf } from "#contract/methods.ts";
import type { CaseRow, NoteStatus } from "#contract/records.ts";

/** Which cases are listed, and in which order. */
export type CaseQuery = {
  readonly search: string;
  readonly status: NoteStatus | null;
  readonly sort: RequestOf<"cases.list">["sort"];
};

/** Rows asked for at once: a few screens full. */
export const pageRows = 100;

/** The rows that are known, by page; what was never scrolled to is not there. */
export type CasePages = {
  readonly total: number;
  readonly pages: ReadonlyMap<number, readonly CaseRow[]>;
};

/** The row at a place of the list, if its page is known. */
export function rowAt(known: CasePages, index: number): CaseRow | undefined {
  return known.pages.get(Math.floor(index / pageRows))?.[index % pageRows];
}

/** The place of a case among the known rows, or -1. */
export function indexOfCase(known: CasePages, caseId: string): number {
  for (const [page, rows] of known.pages) {
    const found = rows.findIndex((row) => row.id === caseId);
    if (found >= 0) return page * pageRows + found;
  }
  return -1;
}

/** The pages that show rows `first` to `last`, both included. */
export function pagesFor(first: number, last: number): number[] {
  const pages: number[] = [];
  for (let page = Math.floor(first / pageRows); page <= Math.floor(last / pageRows); page += 1)
    pages.push(page);
  return pages;
}
