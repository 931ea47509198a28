import { expect, test } from "vitest";
import type { GgufFacts } from "./ggufFacts.ts";
import { profileOf } from "./profile.ts";
import type { GroundedFacts } from "./trainedFacts.ts";

const names = ["<|bos|>", "<|sep|>", "<|eos|>", "<|close|>", "<|open:Age|>", "<|open:Sex|>"];
const grounded: GroundedFacts = {
  format: "grounded@1",
  types: ["Age", "Sex"],
  slots: 0,
  openBias: 0.5,
  temperature: 1.2,
  calibration: { slope: 0.5, intercept: -1, least: 0.3 },
  windowTokens: 128,
  windowSentences: null,
  exampleTokens: 0,
  maxDepth: 3,
};
const fileOf = (facts: GroundedFacts | null) => ({
  path: "own.gguf",
  fileName: "own.gguf",
  bytes: 1,
  facts: { grounded: facts } as GgufFacts,
});
const token = (name: string) => (names.includes(name) ? names.indexOf(name) : null);

test("the tags are found by their names", () => {
  expect(profileOf(fileOf(grounded), token, null)).toEqual({
    bos: 0,
    sep: 1,
    eos: 2,
    close: 3,
    open: new Map([
      ["Age", 4],
      ["Sex", 5],
    ]),
    openBias: 0.5,
    temperature: 1.2,
    calibration: { slope: 0.5, intercept: -1, least: 0.3 },
    windowTokens: 128,
    windowSentences: null,
    exampleTokens: 0,
    maxDepth: 3,
    habits: null,
  });
  expect(profileOf(fileOf(null), token, null)).toBeNull();
});

test("a model that is told its types has slots in their order", () => {
  const slots = (name: string) =>
    token(name) ?? (name === "<|open:1|>" ? 7 : name === "<|open:2|>" ? 8 : null);
  const facts = { ...grounded, format: "episodes@1", types: [], slots: 2 };
  expect(profileOf(fileOf(facts), slots, null)).toMatchObject({ open: new Map(), slots: [7, 8] });
});

test.each([
  [
    { ...grounded, format: "grounded@2" },
    { reason: "MODEL-OUTPUT-FORMAT", format: "grounded@2", known: "grounded@1 / episodes@1" },
  ],
  [
    { ...grounded, types: ["Age", "Dose"] },
    { reason: "MODEL-NO-TOKEN", token: "<|open:Dose|>" },
  ],
])("a model that this program cannot read is refused: %#", (facts, why) => {
  expect(() => profileOf(fileOf(facts), token, null)).toThrow(
    expect.objectContaining({ code: "NG-MODEL-UNFIT", params: { name: "own.gguf", ...why } }),
  );
});
