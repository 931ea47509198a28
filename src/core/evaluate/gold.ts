import type { Span } from "../document/span.ts";

/** A mention with nothing but its place and type: all that scoring looks at. */
export type TypedSpan = Span & { readonly type: string };

/** A text with its gold mentions, sorted and without duplicates. */
export type GoldDocument = {
  readonly name: string;
  readonly text: string;
  readonly mentions: readonly TypedSpan[];
};
