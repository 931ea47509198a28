import type { ImportFate } from "#contract/records.ts";

/** Above this a file is refused before it is read: no clinical note is so long, and the window must stay quick. */
export const largestFileBytes = 50_000_000;

/** What the import says of a file without reading it, or null where it is worth reading. */
export function refusalOf(file: {
  readonly name: string;
  readonly size: number;
  readonly type: string;
}): ImportFate | null {
  const name = fileName(file.name);
  if (/^(image|video|audio|font)\//.test(file.type)) {
    return {
      name,
      outcome: "skipped",
      caseId: null,
      documentId: null,
      error: { code: "NG-BINARY", params: { name } },
    };
  }
  if (file.size > largestFileBytes)
    return failedFate(name, { code: "NG-TOO-LARGE", params: { name, limit: "50 MB" } });
  return null;
}

/** The fate of a file that the system would not hand over. */
export function unreadableFate(name: string): ImportFate {
  return failedFate(fileName(name), {
    code: "NG-READ",
    params: { name: fileName(name), reason: "LOCKED-OR-GONE" },
  });
}

/** A fate for a file that did not get in. */
export function failedFate(name: string, error: NonNullable<ImportFate["error"]>): ImportFate {
  return { name, outcome: "failed", caseId: null, documentId: null, error };
}

/** How many files had which fate. */
export function countFates(fates: readonly ImportFate[]): Readonly<Record<ImportFate["outcome"], number>> {
  const counts = { added: 0, duplicate: 0, skipped: 0, failed: 0 };
  for (const fate of fates) counts[fate.outcome] += 1;
  return counts;
}

const order: readonly ImportFate["outcome"][] = ["failed", "duplicate", "skipped", "added"];

/** What needs a look first. */
export function sortFates(fates: readonly ImportFate[]): readonly ImportFate[] {
  return [...fates].sort((one, other) => order.indexOf(one.outcome) - order.indexOf(other.outcome));
}

/** The case to open after an import: that of the only note, whether new or here before; null for more. */
export function caseToOpen(fates: readonly ImportFate[]): string | null {
  const [only] = fates;
  return fates.length === 1 && only !== undefined ? only.caseId : null;
}

function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
