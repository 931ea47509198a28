import type { UnlearnedGold } from "#host/useCases.ts";

/**
 * A line on what was left out, for below a table; empty where no file says what it learned.
 * @param specs names of the rows; none where there is one system alone
 */
export function learnedNotice(
  { gold, leftOut, learned }: UnlearnedGold,
  specs: readonly string[] = [],
): string {
  if (learned.every((count) => count === null)) return "";
  const share = `${leftOut.length} of ${gold.length + leftOut.length} documents`;
  if (specs.length === 0) return `left out, as learned before: ${share}\n`;
  const counts = specs.map((spec, i) => `${spec} ${learned[i] ?? "not known"}`);
  return `left out of every row, as learned before: ${share} (${counts.join(", ")})\n`;
}
