import { expect, test } from "vitest";
import { parseRunSpecs, runSpecs } from "./runSpec.ts";

test("rows come in the order asked, with their paradigm and selection", () => {
  expect(parseRunSpecs("tuned, few:bm25,zero")).toEqual([
    { spec: "tuned", paradigm: "tuned", select: null },
    { spec: "few:bm25", paradigm: "few", select: "bm25" },
    { spec: "zero", paradigm: "zero", select: null },
  ]);
  expect(parseRunSpecs(runSpecs.join(",")).map(({ spec }) => spec)).toEqual([
    "zero", "few:random", "few:bm25", "few:sentence", "few:token", "tuned",
  ]); // biome-ignore format: one line reads best
});

test.each([
  ["", '""'],
  ["zero,", '""'],
  ["few", "few:random"],
  ["few:best", '"few:best"'],
  ["Zero", '"Zero"'],
  ["zero,tuned,zero", "zero twice"],
])("refuses %o and says why", (words, reason) => {
  let thrown: unknown;
  try {
    parseRunSpecs(words);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ code: "NG-USAGE", params: { detail: expect.stringContaining(reason) } });
});
