import type { Language } from "./document/noteDocument.ts";
import type { Example, SelectStrategy } from "./entity/example.ts";
import type { ReadGroup } from "./entity/readFor.ts";

/** What an example is looked for. */
export type ExampleQuery = {
  /** The window, or a passage of the note. */
  readonly text: string;
  readonly language: Language;
  readonly select: SelectStrategy;
  /** Of the random draw: equal seeds give equal draws, whatever the text. */
  readonly seed: number;
  /** How many are wanted, best first. */
  readonly limit: number;
  /** Types of which the best example comes too, beyond `limit` where it must. */
  readonly types: readonly string[];
  /** Documents whose examples must not be shown: the one being read among them. */
  readonly excludedSources: ReadonlySet<string>;
  /** Examples that must not be shown. */
  readonly excludedIds: ReadonlySet<string>;
  /** Whether an example may be shown otherwise; all may unless told. */
  readonly mayShow?: ((example: Example) => boolean) | undefined;
};

/** Similarity is 0 to 1, by the strategy's own measure; null where the example was drawn. */
export type RankedExample = { readonly example: Example; readonly similarity: number | null };

/** Gold examples that can be searched. */
export type ExampleBank = {
  /** What a run calls it. */
  readonly name: string;
  /** Changes with its examples, in whatever order they lie, and with its encoder. */
  readonly identity: string;
  readonly size: number;
  /** Types that at least one example shows. */
  readonly types: ReadonlySet<string>;
  /** Its examples that were not read for every type. */
  readonly readGroups: readonly ReadGroup[];
  /** By id, in the order asked; those that are not there are left out. */
  find(ids: readonly string[]): readonly Example[];
  /** Sources that hold this very text: how a note under another name is recognised. */
  sourcesOf(text: string): readonly string[];
  /** Makes the index of a strategy, which the first search would make. @throws as `rank` */
  prepare(select: SelectStrategy): Promise<void>;
  /** @throws NG-EMBEDDER where the strategy needs an encoder and the bank has none */
  rank(query: ExampleQuery): Promise<readonly RankedExample[]>;
};

/** Compares a text with others by the vectors of an encoder. */
export type VectorSearch = {
  /**
   * How like it each of `rows` is by sentence vector, 0 to 1.
   * @param rows quantised vectors, one after the other; best in shared memory, else they are copied each time
   */
  sentences(text: string, rows: Int8Array): Promise<Float32Array>;
  /** How like it each of `others` is token by token, 0 to 1. */
  tokens(text: string, others: readonly string[]): Promise<Float32Array>;
};

/** How a model is shown examples. */
export type FewShotSettings = {
  readonly bank: ExampleBank;
  /** How many at most. */
  readonly examples: number;
  readonly select: SelectStrategy;
  /** Tokens that all of them together may take in the prompt. */
  readonly budgetTokens: number;
  readonly seed: number;
  /** Documents whose examples are never shown; that of the note being read never is, named here or not. */
  readonly excludedSources: readonly string[];
  /** Ids of examples that are always shown, as far as the budget allows. */
  readonly pinned: readonly string[];
  /** Ids of examples that are never shown. */
  readonly banned: readonly string[];
};
