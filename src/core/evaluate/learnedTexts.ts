import { NotegrainError } from "../errors.ts";
import type { GoldDocument } from "./gold.ts";

/** Marks (see `textMark`) of the texts whose gold a model or an adapter learned; null where its file does not say. */
export type LearnedTexts = ReadonlySet<string> | null;

/** Hexadecimal digits of a mark: two of a million texts share one by a chance of 1 in 40 million. */
const MARK_DIGITS = 16;

/**
 * What a text is recognised by: the first digits of a hash of it in NFC and without its white space, so that line
 * ends, line breaks and a byte order mark make no other text of it. `training/`, learned.py, works out the same.
 * @param hash SHA-256 (hex) of a string in UTF-8
 */
export function textMark(text: string, hash: (text: string) => string): string {
  return hash(text.normalize("NFC").replace(/\s+/g, "")).slice(0, MARK_DIGITS);
}

/** What of the gold is left where nothing is scored that a system learned. */
export type UnlearnedGold = {
  readonly gold: readonly GoldDocument[];
  /** Names of the documents that were left out: one of the systems learned them. */
  readonly leftOut: readonly string[];
  /**
   * Of each system, how many of all documents it is known to have learned; null where one of its files does not
   * say, and no other learned any.
   */
  readonly learned: readonly (number | null)[];
};

/**
 * Leaves out what any of the systems learned, for all of them alike: they are compared on the same documents.
 * @param systems what the files of each system learned: a model, perhaps an adapter and a selector
 * @throws NG-LEARNED where nothing is left
 */
export function withoutLearned(
  gold: readonly GoldDocument[],
  systems: readonly (readonly LearnedTexts[])[],
  hash: (text: string) => string,
): UnlearnedGold {
  const marked = gold.map((document) => ({ document, mark: textMark(document.text, hash) }));
  const knows = (files: readonly LearnedTexts[], mark: string) => files.some((texts) => texts?.has(mark));
  const isLearned = ({ mark }: { mark: string }) => systems.some((files) => knows(files, mark));
  const leftOut = marked.filter(isLearned);
  if (gold.length > 0 && leftOut.length === gold.length) {
    throw new NotegrainError("NG-LEARNED", { count: gold.length });
  }
  return {
    gold: marked.filter((one) => !isLearned(one)).map(({ document }) => document),
    leftOut: leftOut.map(({ document }) => document.name),
    learned: systems.map((files) => {
      const count = marked.filter(({ mark }) => knows(files, mark)).length;
      return count === 0 && files.includes(null) ? null : count;
    }),
  };
}
