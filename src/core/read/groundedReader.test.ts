import { expect, test } from "vitest";
import { createFakeEngine, tagWords } from "#engine/fakeEngine.ts";
import { plant } from "../../../test/oracles/plant.ts";
import { extract } from "../pipeline.ts";

const { text, mentions } = plant("No ⟦fever|Sign_symptom⟧, a dry ⟦cough|Sign_symptom⟧.");

/** What is kept by a map that takes the fake model's confidence of 0.99 to 0.35. */
async function kept(least: number, recall = 0) {
  const calibration = { slope: 1, intercept: -5.3, least };
  const tag = tagWords({ fever: "Sign_symptom", cough: "Sign_symptom" });
  const engine = createFakeEngine({ tag, types: ["Sign_symptom"], profile: { calibration } });
  const { entities } = await extract(engine, {
    types: ["Sign_symptom"],
    paradigm: "tuned",
    outputFormat: "grounded",
    recall,
    document: { id: "d", name: "n.txt", text, sha256: "", language: "en" },
    date: "2026-01-01T00:00:00.000Z",
    hash: (words) => words,
    now: () => 0,
  });
  return entities.map(({ start, end, type }) => ({ start, end, type }));
}

test("what is less sure than the model's least confidence is left out", async () => {
  expect(await kept(0)).toEqual(mentions);
  expect(await kept(0.2)).toEqual(mentions);
  expect(await kept(0.9)).toEqual([]);
});

test("the recall knob moves the least confidence", async () => {
  expect(await kept(0.9, 5)).toEqual(mentions);
  expect(await kept(0.2, -5)).toEqual([]);
});
