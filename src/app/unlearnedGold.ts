import type { GoldDocument } from "#core/evaluate/gold.ts";
import { type LearnedTexts, type UnlearnedGold, withoutLearned } from "#core/evaluate/learnedTexts.ts";
import { sha256Hex } from "./extractNote.ts";

/**
 * The gold that none of the systems learned.
 * @param systems the files of each: its model, perhaps an adapter and a selector; undefined is the bundled model
 * @param learnedTexts what a file says; asked once for each
 * @throws NG-LEARNED where nothing is left; what `learnedTexts` throws
 */
export async function unlearnedGold<File extends string | undefined>(
  gold: readonly GoldDocument[],
  systems: readonly (readonly File[])[],
  learnedTexts: (file: File) => Promise<LearnedTexts>,
): Promise<UnlearnedGold> {
  const read = async (file: File) => [file, await learnedTexts(file)] as const;
  const known = new Map(await Promise.all([...new Set(systems.flat())].map(read)));
  const learned = systems.map((files) => files.map((file) => known.get(file) ?? null));
  return withoutLearned(gold, learned, sha256Hex);
}
