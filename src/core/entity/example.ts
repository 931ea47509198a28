import type { Language } from "../document/noteDocument.ts";
import type { Span } from "../document/span.ts";

/** A sentence or passage with its gold, to show a model what is wanted. */
export type Example = {
  /** The same for the same text, spans and source. */
  readonly id: string;
  readonly text: string;
  /** UTF-16 offsets into `text`, in document order, nested or disjoint; none where nothing is to be marked. */
  readonly spans: readonly ExampleSpan[];
  /** What it was cut from: the name of a gold document, or the id of a note of the case store. */
  readonly source: string;
  readonly language: Language;
  /** Types that it was read for: of others, a missing mark says nothing. Absent where it was read for every type. */
  readonly readFor?: readonly string[];
};

export type ExampleSpan = Span & { readonly type: string };

/** How examples are chosen for a note; the last two need an encoder. */
export const selectStrategies = ["random", "bm25", "sentence", "token"] as const;
export type SelectStrategy = (typeof selectStrategies)[number];

/** An example that was shown to the model while it read a note. */
export type UsedExample = {
  readonly id: string;
  readonly source: string;
  /** 0 to 1, by the strategy's own measure, the highest of all windows; null where it was drawn or pinned. */
  readonly similarity: number | null;
};

/** Which examples a run showed, and what kept it from showing more. */
export type ShownExamples = {
  /** Most similar first. */
  readonly used: readonly UsedExample[];
  /** Tokens that the examples of one prompt could take; fewer than asked where the context is short. */
  readonly budgetTokens: number;
  /** Tokens that the settings allow them. */
  readonly askedTokens: number;
  /** Prompts with fewer examples than asked, because the next best ones did not fit into the budget. */
  readonly shortened: number;
  /** Examples that were among the best for some prompt and did not fit into its budget. */
  readonly leftOut: number;
  /** Examples that were among the best for some prompt and say almost the same as a better one. */
  readonly nearDuplicates: number;
  /** Wanted types that no example of the bank shows. */
  readonly missingTypes: readonly string[];
  /** Examples of the bank that were not read for all wanted types: shown only where there are no others. */
  readonly unread: number;
  /** Those of the wanted types. */
  readonly unreadTypes: readonly string[];
};
