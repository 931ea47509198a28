import { createHash } from "node:crypto";
import { detectLanguage } from "#core/document/language.ts";
import type { Example } from "#core/entity/example.ts";
import type { ExampleBank, FewShotSettings } from "#core/examplePort.ts";
import { makeExample } from "#core/examples/splitExamples.ts";
import { plant } from "../oracles/plant.ts";

export const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** An example with planted spans: `plantExample("She has ⟦fever|Sign_symptom⟧.")`. */
export function plantExample(marked: string, source = "gold"): Example {
  const { text, mentions } = plant(marked);
  return makeExample({ text, spans: mentions, source, language: detectLanguage(text) }, hash);
}

/** Two examples of a bank by shared words, with room enough. */
export function fewShotOf(bank: ExampleBank, more: Partial<FewShotSettings> = {}): FewShotSettings {
  return {
    bank,
    examples: 2,
    select: "bm25",
    budgetTokens: 2000,
    seed: 1,
    excludedSources: [],
    pinned: [],
    banned: [],
    ...more,
  };
}
