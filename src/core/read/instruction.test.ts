import { expect, test } from "vitest";
import { fewShotOf, hash, plantExample } from "../../../test/support/examples.ts";
import { stockModel } from "../../../test/support/stockModel.ts";
import { splitPieces } from "../document/pieces.ts";
import { memoryBank } from "../examples/memoryBank.ts";
import { extract } from "../pipeline.ts";
import type { InferencePort } from "../ports.ts";
import { judge } from "./judge.ts";

/** A model that tells what it is given as an instruction, which it may keep in a file. */
function openModel() {
  const model = stockModel(() => []);
  const instructions = new Set<string>();
  const port: InferencePort = {
    ...model,
    async openSequence() {
      const sequence = await model.openSequence();
      return {
        ...sequence,
        get tokens() {
          return sequence.tokens;
        },
        async readInstruction(tokens) {
          expect(sequence.tokens).toEqual([]);
          instructions.add(model.detokenize(tokens));
          await sequence.evaluate(
            tokens,
            tokens.map(() => null),
          );
          return tokens.length;
        },
      };
    },
  };
  return { port, instructions };
}

const bank = memoryBank({
  name: "gold",
  hash,
  examples: [
    plantExample("⟦Okapi|Sign_symptom⟧ since Monday.", "a"),
    plantExample("A ⟦quagga|Sign_symptom⟧.", "b"),
  ],
});
const settings = {
  types: ["Sign_symptom", "Medication"],
  hash,
  date: "2026-01-01T00:00:00.000Z",
  now: () => 0,
};
const words = /zebra|okapi|quagga/i;

test.each(
  (["grounded", "brackets", "json"] as const).flatMap((outputFormat) =>
    (["zero", "few"] as const).map((paradigm) => ({ outputFormat, paradigm })),
  ),
)(
  "the instruction of $paradigm, $outputFormat is kept and holds nothing of notes or examples",
  async (asked) => {
    const { port, instructions } = openModel();
    for (const text of ["A zebra in the chest.\nOkapi before.", "No zebra."]) {
      await extract(port, {
        ...settings,
        ...asked,
        ...(asked.paradigm === "few" && { fewShot: fewShotOf(bank) }),
        document: { id: "d", name: "zebra.txt", text, sha256: "", language: "en" },
      });
    }
    expect(instructions.size).toBe(1);
    const [instruction = ""] = instructions;
    expect(instruction).toContain("Sign_symptom");
    expect(instruction).not.toMatch(words);
  },
);

test("so does that of a selector", async () => {
  const { port, instructions } = openModel();
  const text = "A zebra in the chest.";
  const pieces = splitPieces(text);
  await judge(port, { types: settings.types, language: "en" }).ask({
    pieces,
    sentences: [{ from: 0, to: pieces.length }],
    candidates: [{ type: "Sign_symptom", start: 2, end: 7 }],
  });
  expect(instructions.size).toBe(1);
  const [instruction = ""] = instructions;
  expect(instruction.length).toBeGreaterThan(100);
  expect(instruction).not.toMatch(words);
});
