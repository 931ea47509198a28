import { detectLanguage } from "#core/document/language.ts";
import type { PlainError } from "#core/errors.ts";
import type { GoldDocument } from "#core/evaluate/gold.ts";
import { type CheckedExamples, checkExamples } from "#core/examples/checkExamples.ts";
import { memoryBank } from "#core/examples/memoryBank.ts";
import { type CutExample, splitExamples } from "#core/examples/splitExamples.ts";
import type { EmbeddingPort, ExampleBank } from "#core/ports.ts";
import { breathe } from "./breathe.ts";
import { sha256Hex } from "./extractNote.ts";

/** A bank, and what was left out of it and why. */
export type OpenedBank = { readonly bank: ExampleBank; readonly faults: readonly PlainError[] };

/** Gold documents as examples: sentences, each with its gold, whose source is the document's name. */
export function goldExamples(gold: readonly GoldDocument[]): CutExample[] {
  return gold.flatMap(({ name, ...document }) =>
    splitExamples({ ...document, source: name }, detectLanguage(document.text), sha256Hex),
  );
}

/**
 * A bank of gold documents in memory.
 * @param embedding needed for choosing by sentence or token; whoever opened it disposes of it
 * @param onIndexed called while vectors are made, at the first search that needs them
 */
export function goldBank(
  name: string,
  gold: readonly GoldDocument[],
  embedding: EmbeddingPort | null = null,
  onIndexed?: (done: number, total: number) => void,
): OpenedBank {
  const { examples, unfit } = checkExamples(goldExamples(gold));
  return {
    bank: memoryBank({ name, examples, hash: sha256Hex, embedding, breathe, onIndexed }),
    faults: faultErrors(name, unfit),
  };
}

/** What was left out of a bank, an error for each kind of fault. @param name what the errors call the bank */
export function faultErrors(name: string, unfit: CheckedExamples["unfit"]): PlainError[] {
  const counts = Map.groupBy(unfit, ({ fault }) => fault);
  return [...counts].map(([reason, { length: count }]) => ({
    code: "NG-EXAMPLES",
    params: { name, count, reason },
  }));
}
