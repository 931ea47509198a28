import type { Host } from "#host/openHost.ts";
import { type GoldDocument, sha256Hex, type UnlearnedGold, withoutLearned } from "#host/useCases.ts";

/** The files of a system; without a model it is the bundled one. */
export type SystemFiles = { readonly model?: string | undefined; readonly others: readonly string[] };

/**
 * The gold that none of the systems learned.
 * @param others adapters and selectors, beside the model
 * @throws NG-LEARNED where nothing is left; NG-MODEL-…
 */
export async function unlearnedGold(
  host: Host,
  gold: readonly GoldDocument[],
  systems: readonly SystemFiles[],
): Promise<UnlearnedGold> {
  const files = systems.map(({ model, others }) => [model, ...others]);
  const read = async (path: string | undefined) => [path, await host.learnedTexts(path)] as const;
  const known = new Map(await Promise.all([...new Set(files.flat())].map(read)));
  const learned = files.map((paths) => paths.map((path) => known.get(path) ?? null));
  return withoutLearned(gold, learned, sha256Hex);
}

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
