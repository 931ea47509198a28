import { expect, test } from "vitest";
import { createFakeEngine, tagWords } from "#engine/fakeEngine.ts";
import { extract } from "../pipeline.ts";
import type { InferencePort } from "../ports.ts";

const text = "Chest pain for two days.";
const tag = tagWords({ "chest pain": "Sign_symptom" });

/** The engine with this in the place of one logit of the last answer. */
function spoiled(engine: InferencePort, odd: number): InferencePort {
  return {
    ...engine,
    async openSequence() {
      const sequence = await engine.openSequence();
      const evaluate: typeof sequence.evaluate = async (...request) => {
        const answers = await sequence.evaluate(...request);
        answers.findLast((logits) => logits !== null)?.set([odd]);
        return answers;
      };
      return Object.assign(Object.create(sequence), { evaluate });
    },
  };
}

const read = (port: InferencePort, selector?: InferencePort) =>
  extract(port, {
    document: { id: "d", name: "n.txt", text, sha256: "", language: "en" },
    types: ["Sign_symptom"],
    paradigm: "tuned",
    outputFormat: "grounded",
    ...(selector && { judging: { port: selector, rule: { threshold: 0.5, below: null } } }),
    date: "2026-01-01T00:00:00.000Z",
    hash: (words) => words,
    now: () => 0,
  });

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  "a note that a model reads in no numbers has failed, and no entity is made up: %d",
  async (odd) => {
    const engine = createFakeEngine({ tag });
    expect((await read(engine)).entities).toHaveLength(1);
    await expect(read(spoiled(engine, odd))).rejects.toMatchObject({ code: "NG-MODEL-NUMBERS", params: {} });
  },
);

test("a selector whose numbers are none keeps and drops nothing", async () => {
  const engine = createFakeEngine({ tag });
  const selector = createFakeEngine({ tag: () => [], judge: () => 0.9 });
  expect((await read(engine, selector)).entities).toMatchObject([{ selector: { kept: true } }]);
  await expect(read(engine, spoiled(selector, Number.NaN))).rejects.toMatchObject({
    code: "NG-MODEL-NUMBERS",
  });
});
