import { detectLanguage } from "#core/document/language.ts";
import type { Example } from "#core/entity/example.ts";
import type { PlainError } from "#core/errors.ts";
import type { GoldDocument } from "#core/evaluate/gold.ts";
import { type CheckedExamples, checkExamples, exampleFaults } from "#core/examples/checkExamples.ts";
import { memoryBank } from "#core/examples/memoryBank.ts";
import { splitExamples } from "#core/examples/splitExamples.ts";
import type { EmbeddingPort, ExampleBank } from "#core/ports.ts";
import { breathe } from "./breathe.ts";
import { sha256Hex } from "./extractNote.ts";

/** A bank, and what was left out of it and why. */
export type OpenedBank = { readonly bank: ExampleBank; readonly faults: readonly PlainError[] };

/** Gold documents as examples: sentences, each with its gold, whose source is the document's name. */
export function goldExamples(gold: readonly GoldDocument[]): Example[] {
  return gold.flatMap(({ name, text, mentions }) =>
    splitExamples({ source: name, text, mentions }, detectLanguage(text), sha256Hex),
  );
}

/**
 * A bank of gold documents in memory.
 * @param embedding needed for choosing by sentence or token; whoever opened it disposes of it
 */
export function goldBank(
  name: string,
  gold: readonly GoldDocument[],
  embedding: EmbeddingPort | null = null,
): OpenedBank {
  const { examples, faults } = checkExamples(goldExamples(gold));
  return {
    bank: memoryBank({ name, examples, hash: sha256Hex, embedding, breathe }),
    faults: faultErrors(name, faults),
  };
}

/** What was left out of a bank, an error for each kind of fault. */
export function faultErrors(name: string, faults: CheckedExamples["faults"]): PlainError[] {
  return [...faults].map(([fault, count]) => ({
    code: "NG-EXAMPLES",
    params: { name, count, reason: exampleFaults[fault] },
  }));
}
