import type { Example } from "./entity/example.ts";

/** Where an example came from: an annotated corpus, or a note that a person reviewed in the program. */
export type ExampleOrigin = "gold" | "review";

/** An example as the bank keeps it. */
export type StoredExample = Example & {
  readonly origin: ExampleOrigin;
  /** What a list calls its source: the gold document, or the file of the note. */
  readonly sourceName: string;
  /** Always shown, as far as the budget allows. */
  readonly isPinned: boolean;
  /** Never shown. */
  readonly isBanned: boolean;
};

export type ExampleListQuery = {
  /** A part of the text. */
  readonly search?: string;
  /** Only those with a span of this type. */
  readonly type?: string;
  /** Only those that are pinned or banned. */
  readonly marked?: "pinned" | "banned";
  readonly offset?: number;
  /** Rows, 100 unless told. */
  readonly limit?: number;
};

/** A sentence vector as it is kept: a byte a number. */
export type ExampleVector = { readonly id: string; readonly vector: Int8Array };

/** The example bank of the case store. Errors are those of `StorePort`. */
export type ExampleStore = {
  /**
   * Keeps examples; those that are there already stay as they are, but for the types that they were read for. Of a reviewed note (`origin` review) the source
   * is the id of its document, and its examples go with it.
   * @returns how many are new
   */
  addExamples(examples: readonly (Example & { readonly origin: ExampleOrigin })[]): number;
  /**
   * Puts these in the place of all that a reviewed note gave before, as one: whatever ends the program, the bank holds
   * either those or these. Those that are the same keep their marks.
   * @param documentId of the note, which is their source
   * @returns how many are new
   */
  replaceReviewed(documentId: string, examples: readonly Example[]): number;
  listExamples(query?: ExampleListQuery): {
    readonly total: number;
    readonly examples: readonly StoredExample[];
  };
  /** All of them, in the order in which they came. */
  allExamples(): readonly StoredExample[];
  /** Puts another in the place of one. Its marks and the types that it was read for stay; its vector is made anew where the words are others. */
  replaceExample(id: string, example: Example): void;
  markExamples(
    ids: readonly string[],
    marks: { readonly isPinned?: boolean; readonly isBanned?: boolean },
  ): void;
  /** Examples that were read for just the types `from` count as read for those of `to`; null for every type. */
  setReadFor(from: readonly string[], to: readonly string[] | null): void;
  /** Those that are not there any more are passed over. */
  deleteExamples(ids: readonly string[]): void;
  /** Changes with every change of the bank: tells whether what was made of it still holds. */
  examplesVersion(): number;
  /** The vectors of one encoder. */
  exampleVectors(encoder: string): readonly ExampleVector[];
  /** Keeps vectors of one encoder; those of others are forgotten. */
  keepVectors(encoder: string, vectors: readonly ExampleVector[]): void;
  /** Encoders that made vectors which are kept, with the numbers in a vector and how many there are. */
  vectorEncoders(): readonly {
    readonly encoder: string;
    readonly dimension: number;
    readonly vectors: number;
  }[];
};
