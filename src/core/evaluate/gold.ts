import type { Span } from "../document/span.ts";

/** A mention with nothing but its place and type: all that scoring looks at. */
export type TypedSpan = Span & { readonly type: string };

/** A mention in several parts; its own span is the outer one, from the first part to the last. */
export type DiscontinuousSpan = TypedSpan & { readonly fragments: readonly Span[] };

/** A text with its gold mentions, sorted and without duplicates. */
export type GoldDocument = {
  readonly name: string;
  readonly text: string;
  readonly mentions: readonly TypedSpan[];
  /** Those of them that stand in fragments, where the source tells; several may share an outer span. */
  readonly discontinuous?: readonly DiscontinuousSpan[];
  /** Places beside which the source has other words: scores take them as they stand, no example shows them. */
  readonly slips?: readonly Span[];
  /** Types that it was read for, where not for every one; see `schemeOf`. */
  readonly readFor?: readonly string[];
};
