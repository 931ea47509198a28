import { expect, test } from "vitest";
import { type ExtractSettings, extract, promptIdentity } from "#core/pipeline.ts";
import { createFakeEngine, tagWords } from "./fakeEngine.ts";

const text = "She took aspirin.\nNo severe cough, no cough. 胸痛3天。";
const types = ["Sign_symptom", "Severity", "Medication"];
const tag = tagWords({
  aspirin: "Medication",
  severe: "Severity",
  "severe cough": "Sign_symptom",
  cough: "Sign_symptom",
  胸痛: "Sign_symptom",
});
/** Doubts what is only one word in English. */
const judge = createFakeEngine({
  tag: () => [],
  types,
  judge: (passage, { start, end, type }) => {
    const words = passage.slice(start, end);
    expect(words).toBe(words.trim());
    return type === "Severity" || words === "cough" ? 0.2 : 0.9;
  },
});

function read(judging: ExtractSettings["judging"]) {
  return extract(createFakeEngine({ tag, types }), {
    types,
    paradigm: "tuned",
    outputFormat: "grounded",
    judging,
    document: { id: "d", name: "n.txt", text, sha256: "", language: "en" },
    date: "2026-01-01T00:00:00.000Z",
    hash: (words) => words,
    now: () => 0,
  });
}

test("every span gets a verdict, and what is dropped is linked to nothing", async () => {
  const alone = await read(undefined);
  const cough = alone.entities.find((entity) => entity.text === "severe cough");
  expect(cough?.attributes).toEqual([{ role: "severity", entity: expect.any(String) }]);
  expect(alone.run.selector).toBeUndefined();

  const { entities, run } = await read({ port: judge, rule: { threshold: 0.5, below: null } });
  expect(entities.map(({ text: words, selector }) => [words, selector])).toEqual([
    ["aspirin", { probability: 0.9, kept: true }],
    ["severe cough", { probability: 0.9, kept: true }],
    ["severe", { probability: 0.2, kept: false }],
    ["cough", { probability: 0.2, kept: false }],
    ["cough", { probability: 0.2, kept: false }],
    ["胸痛", { probability: 0.9, kept: true }],
  ]);
  expect(entities.find((entity) => entity.text === "severe cough")?.attributes).toEqual([]);
  expect(run.selector).toEqual({ sha256: "0".repeat(64), threshold: 0.5, below: null });
  expect(run.promptSha256).not.toBe(alone.run.promptSha256);
});

test("the rule says who is asked and where the border lies", async () => {
  const { entities } = await read({ port: judge, rule: { threshold: 0.1, below: 0 } });
  expect(entities.every(({ selector }) => selector === null)).toBe(true);
  const lenient = await read({ port: judge, rule: { threshold: 0.2, below: null } });
  expect(lenient.entities.every(({ selector }) => selector?.kept)).toBe(true);
});

test("a run's prompt can be told before it, and a tagger is no judge", async () => {
  const judging = { port: judge, rule: { threshold: 0.5, below: null } };
  const settings = { types, paradigm: "tuned", outputFormat: "grounded", judging } as const;
  const { run } = await read(judging);
  expect(promptIdentity(createFakeEngine({ tag, types }), settings)).toBe(run.promptSha256);
  const tagger = createFakeEngine({ tag, types });
  await expect(read({ ...judging, port: tagger })).rejects.toMatchObject({ code: "NG-MODEL-UNFIT" });
});
