import type { GoldDocument } from "./gold.ts";

/** What is known of the types for which a corpus was read. */
export type CorpusScheme = {
  /** Names of the program's types and of the user's own. */
  readonly known: ReadonlySet<string>;
  /** What a person says of it: types, or all of them; absent where nobody does. */
  readonly stated?: readonly string[] | "all" | undefined;
};

/**
 * Gives a document of a corpus the types that it was read for. A person's word counts first, then what the document
 * says itself. Else the names tell: a corpus that has names of its own was annotated by a scheme of its own, and read
 * for what it has names for. Of one with known names alone nothing can be told: it counts as read for every type.
 * @param corpus all of its documents, under its own names
 */
export function schemeOf(
  corpus: readonly GoldDocument[],
  { known, stated }: CorpusScheme,
): (document: GoldDocument) => GoldDocument {
  if (stated === "all") return ({ readFor: _, ...document }) => document;
  if (stated !== undefined) return (document) => ({ ...document, readFor: stated });
  const silent = corpus.filter(({ readFor }) => readFor === undefined);
  const labels = [...new Set(silent.flatMap(({ mentions }) => mentions.map(({ type }) => type)))].toSorted();
  if (labels.every((label) => known.has(label))) return (document) => document;
  return (document) => ({ readFor: labels, ...document });
}

/** The document with what the manifest of its training pack says of it. */
export function saidToBeReadFor(
  document: GoldDocument,
  packTypes: ReadonlyMap<string, readonly string[]>,
): GoldDocument {
  const readFor = packTypes.get(document.name);
  return readFor ? { ...document, readFor } : document;
}
