import { type CasePages, indexOfCase, rowAt } from "./casePages.ts";

/**
 * The selection after a click on `id`: toggled alone, or, with `from`, everything between the two that is known.
 */
export function selectRange(
  selection: ReadonlySet<string>,
  known: CasePages,
  from: string | null,
  id: string,
): ReadonlySet<string> {
  const next = new Set(selection);
  const start = from === null ? -1 : indexOfCase(known, from);
  const end = indexOfCase(known, id);
  if (start < 0 || end < 0 || start === end) {
    if (!next.delete(id)) next.add(id);
    return next;
  }
  for (let index = Math.min(start, end); index <= Math.max(start, end); index += 1) {
    const row = rowAt(known, index);
    if (row) next.add(row.id);
  }
  return next;
}
