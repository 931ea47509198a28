import type { PlainError } from "#core/errors.ts";
import type { EmbeddingPort, VectorSearch } from "#core/ports.ts";

/** What a thread says of the encoder that it has loaded. */
export type EmbedderFacts = Pick<EmbeddingPort, "name" | "dimension" | "identity">;

/** The calls that cross the line to the thread. */
export type EmbedderCalls = Pick<EmbeddingPort, "sentence" | "tokens" | "dispose"> & {
  readonly searchSentences: VectorSearch["sentences"];
  readonly searchTokens: VectorSearch["tokens"];
};
export type EmbedderCall = keyof EmbedderCalls;

export type EmbedderRequest = {
  readonly id: number;
  readonly call: EmbedderCall;
  readonly values: readonly unknown[];
};

/** The answer to a request; that with id 0 comes unasked, once the encoder is loaded or cannot be. */
export type EmbedderAnswer = { readonly id: number } & (
  | { readonly value: unknown }
  | { readonly error: PlainError }
);
