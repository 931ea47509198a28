import { expect, test } from "vitest";
import { stockModel } from "../../../test/support/stockModel.ts";
import type { GroundedProfile } from "../ports.ts";
import { preparePrompt } from "../prompt/preparePrompt.ts";
import { withRecall } from "./recall.ts";

const stock = stockModel(() => []);
const profile: GroundedProfile = {
  bos: 0,
  sep: 1,
  eos: 2,
  close: 3,
  open: new Map([["Age", 4]]),
  openBias: 0.25,
  temperature: 1,
  calibration: null,
  windowTokens: 100,
  windowSentences: null,
  exampleTokens: 0,
  maxDepth: 3,
  habits: null,
};
const own = { ...stock, facts: { ...stock.facts, profile } };

test("the bias moves, and the run is another one", () => {
  const prompt = (recall: number) =>
    preparePrompt(withRecall(own, recall), { types: ["Age"], paradigm: "tuned" });
  expect(prompt(1).decoding.openBias).toBe(1.25);
  expect(prompt(-1).decoding.openBias).toBe(-0.75);
  expect(prompt(1).identity).not.toBe(prompt(0).identity);
  expect(own.facts.profile.openBias).toBe(0.25);
});

test("the least confidence moves the other way, by as much as the bias moves the confidences", () => {
  const leastOf = (least: number, recall: number) => {
    const calibrated = { ...profile, calibration: { slope: 0.5, intercept: -1, least } };
    const moved = withRecall({ ...stock, facts: { ...stock.facts, profile: calibrated } }, recall);
    return moved.facts.profile?.calibration?.least;
  };
  // Log odds of 0.5 are 0; a slope of 0.5 takes 2 to 1, and the odds of e^-1 to 1 are 0.2689.
  expect(leastOf(0.5, 2)).toBeCloseTo(0.2689, 4);
  expect(leastOf(0.5, -2)).toBeCloseTo(0.7311, 4);
  expect(leastOf(0.5, 0)).toBe(0.5);
  expect(leastOf(0, 2)).toBe(0); // none is left out, however the knob stands
});

test("a stock model has no bias to move", () => {
  expect(withRecall(stock, 0)).toBe(stock);
  expect(() => withRecall(stock, 1)).toThrow(expect.objectContaining({ code: "NG-MODEL-UNFIT" }));
});
