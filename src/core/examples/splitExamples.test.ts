import fc from "fast-check";
import { expect, test } from "vitest";
import { plant } from "../../../test/oracles/plant.ts";
import { hash } from "../../../test/support/examples.ts";
import { checkExamples, faultOf } from "./checkExamples.ts";
import { makeExample, splitExamples } from "./splitExamples.ts";

const split = (marked: string, language: "en" | "zh" = "en") => {
  const { text, mentions } = plant(marked);
  return splitExamples({ source: "d", text, mentions }, language, hash);
};
const words = (example: { text: string; spans: readonly { start: number; end: number; type: string }[] }) =>
  example.spans.map(({ start, end, type }) => `${type}:${example.text.slice(start, end)}`);

test("a sentence is an example, with the mentions that stand in it", () => {
  const examples = split(
    "He had ⟦severe ⟦chest|Biological_structure⟧ pain|Sign_symptom⟧. Page 2.\nHe took ⟦aspirin|Medication⟧ daily and went home.",
  );
  expect(examples.map(({ text }) => text)).toEqual([
    "He had severe chest pain.",
    "He took aspirin daily and went home.",
  ]);
  expect(examples.map(words)).toEqual([
    ["Sign_symptom:severe chest pain", "Biological_structure:chest"],
    ["Medication:aspirin"],
  ]);
  expect(new Set(examples.map(({ id }) => id)).size).toBe(2);
});

test("sentences over which a mention runs stay together", () => {
  const [joined, ...others] = split(
    "The scan of the ⟦left lung. Upper lobe|Biological_structure⟧ was clear.",
  );
  expect(others).toEqual([]);
  expect(joined && words(joined)).toEqual(["Biological_structure:left lung. Upper lobe"]);
});

test("Chinese sentences are cut at their own marks", () => {
  const examples = split("患者⟦胸痛|Sign_symptom⟧2天。既往⟦高血压|Disease_disorder⟧病史。", "zh");
  expect(examples.map(words)).toEqual([["Sign_symptom:胸痛"], ["Disease_disorder:高血压"]]);
});

test("whatever the gold, every mention is in one example, with its own words", () => {
  const text =
    "One mild pain here. Two sharp aches there! 三天 fever? Four pills a day; five days\nand home.";
  const span = fc
    .tuple(fc.nat(text.length - 1), fc.integer({ min: 1, max: 30 }), fc.constantFrom("A", "B"))
    .map(([start, length, type]) => ({ start, end: Math.min(text.length, start + length), type }))
    .filter(({ start, end }) => text.slice(start, end) === text.slice(start, end).trim());
  fc.assert(
    fc.property(fc.array(span, { maxLength: 6 }), (mentions) => {
      const found = splitExamples({ source: "d", text, mentions }, "en", hash).flatMap((example) => {
        expect(text).toContain(example.text);
        return words(example);
      });
      expect(found.sort()).toEqual(
        mentions.map(({ start, end, type }) => `${type}:${text.slice(start, end)}`).sort(),
      );
    }),
  );
});

const pain = { start: 5, end: 15, type: "B" };
test.each([
  [[pain, { start: 4, end: 40, type: "A" }], "EXAMPLE-OUTSIDE"],
  [[pain, { start: -1, end: 4, type: "A" }], "EXAMPLE-OUTSIDE"],
  [[pain, { start: 5, end: 5, type: "A" }], "EXAMPLE-OUTSIDE"],
  [[pain, { start: 0.5, end: 4, type: "A" }], "EXAMPLE-OUTSIDE"],
  [[pain, { start: 1, end: 4, type: "A" }], "EXAMPLE-INSIDE-WORD"],
  [[pain, { start: 0, end: 3, type: "A" }], "EXAMPLE-INSIDE-WORD"],
  [[pain, { start: 0, end: 10, type: "A" }], "EXAMPLE-CROSSING"],
  [[pain, { start: 5, end: 10, type: "A" }], null],
  [[pain, pain], null],
] as const)("spans are checked against their text: %j", (spans, fault) => {
  expect(faultOf({ text: "mild chest pain", spans })).toBe(fault);
});

test("bad examples are told with their fault, the others are kept, and the same one twice is one", () => {
  const make = (start: number, end: number) =>
    makeExample({ text: "mild pain", spans: [{ start, end, type: "A" }], source: "d", language: "en" }, hash);
  expect(checkExamples([make(0, 4), make(0, 99), make(1, 4), make(0, 4)])).toEqual({
    examples: [make(0, 4)],
    unfit: [
      { example: make(0, 99), fault: "EXAMPLE-OUTSIDE" },
      { example: make(1, 4), fault: "EXAMPLE-INSIDE-WORD" },
    ],
  });
});

test("a sentence for which its own file has other words is cut and never shown", () => {
  const { text, mentions } = plant("She had a ⟦fever|A⟧ at night. No ⟦cough|B⟧ was heard there.");
  const slips = mentions.slice(1);
  const { examples, unfit } = checkExamples(
    splitExamples({ source: "d", text, mentions, slips }, "en", hash),
  );
  expect(examples.map((one) => one.text)).toEqual(["She had a fever at night."]);
  expect(unfit.map(({ example, fault }) => [example.text, fault])).toEqual([
    ["No cough was heard there.", "EXAMPLE-OTHER-WORDS"],
  ]);
});
