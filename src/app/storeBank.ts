import type { PlainError } from "#core/errors.ts";
import type { ExampleStore } from "#core/exampleStore.ts";
import { checkExamples } from "#core/examples/checkExamples.ts";
import { memoryBank } from "#core/examples/memoryBank.ts";
import { quantise, sharedRows } from "#core/examples/vectors.ts";
import type { EmbeddingPort } from "#core/ports.ts";
import { breathe } from "./breathe.ts";
import { faultErrors, type OpenedBank } from "./exampleBank.ts";
import { sha256Hex } from "./extractNote.ts";

/** Vectors made between two writings: what a stop loses at most. */
const KEPT_TOGETHER = 50;

/** The bank of a case store, and what people decided of its examples. */
export type StoreBank = OpenedBank & {
  readonly pinned: readonly string[];
  readonly banned: readonly string[];
};

/**
 * Opens the example bank of a case store. Sentence vectors that another encoder made, or that are missing, are made
 * anew and kept.
 * @param name what runs call it
 * @param onIndexed called with how many of the vectors to be made are there
 */
export async function storeBank(
  name: string,
  store: ExampleStore,
  embedding: EmbeddingPort | null,
  onIndexed: (done: number, total: number) => void = () => {},
): Promise<StoreBank> {
  const stored = store.allExamples();
  const { examples, unfit } = checkExamples(stored);
  const other = embedding && otherEncoder(name, store, embedding);
  const vectors = embedding ? await vectorsOf(store, examples, embedding, onIndexed) : undefined;
  return {
    bank: memoryBank({ name, examples, hash: sha256Hex, embedding, vectors, breathe }),
    faults: [...faultErrors(name, unfit), ...(other ? [other] : [])],
    pinned: stored.filter(({ isPinned }) => isPinned).map(({ id }) => id),
    banned: stored.filter(({ isBanned }) => isBanned).map(({ id }) => id),
  };
}

/** That the vectors which are kept are of another length, where they are. */
function otherEncoder(name: string, store: ExampleStore, { dimension }: EmbeddingPort): PlainError | null {
  const other = store.vectorEncoders().find((made) => made.dimension !== dimension);
  return other ? { code: "NG-VECTORS", params: { name, stored: other.dimension, dimension } } : null;
}

/** A vector for each example, one after the other. */
async function vectorsOf(
  store: ExampleStore,
  examples: readonly { readonly id: string; readonly text: string }[],
  embedding: EmbeddingPort,
  onIndexed: (done: number, total: number) => void,
): Promise<Int8Array> {
  const { identity, dimension } = embedding;
  const known = new Map(store.exampleVectors(identity).map(({ id, vector }) => [id, vector]));
  const missing = examples.filter(({ id }) => known.get(id)?.length !== dimension);
  for (let from = 0; from < missing.length; from += KEPT_TOGETHER) {
    const made: { id: string; vector: Int8Array }[] = [];
    for (const { id, text } of missing.slice(from, from + KEPT_TOGETHER)) {
      made.push({ id, vector: quantise(await embedding.sentence(text)) });
      await breathe();
    }
    store.keepVectors(identity, made);
    for (const { id, vector } of made) known.set(id, vector);
    onIndexed(from + made.length, missing.length);
  }
  const rows = sharedRows(examples.length * dimension);
  examples.forEach(({ id }, index) => {
    rows.set(known.get(id) ?? [], index * dimension);
  });
  return rows;
}
