import { expect, test } from "vitest";
import { stockModel } from "../../../test/support/stockModel.ts";
import type { GroundedProfile } from "../ports.ts";
import { preparePrompt } from "./preparePrompt.ts";
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

test("a stock model has no bias to move", () => {
  expect(withRecall(stock, 0)).toBe(stock);
  expect(() => withRecall(stock, 1)).toThrow(expect.objectContaining({ code: "NG-MODEL-UNFIT" }));
});
