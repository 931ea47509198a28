import { expect, test } from "vitest";
import { splitPieces } from "../document/pieces.ts";
import { quietStarts } from "./quietTitles.ts";

/** The pieces with which no entity may begin. */
function quiet(text: string, language: "en" | "zh" = "en"): string[] {
  const pieces = splitPieces(text);
  const starts = quietStarts(text, language, pieces);
  return pieces.filter(({ start }) => starts.has(start)).map(({ start, end }) => text.slice(start, end));
}

test.each([
  ["a title that announces, up to its colon", "PAST MEDICAL HISTORY: Gout.\nMedications: iron", ["PAST", "MEDICAL", "HISTORY", ":", "Medications", ":"]],
  ["its numbering", "Seen today.\n2. Family history: gout", ["2", ".", "Family", "history", ":"]],
  ["inside running text", "He fell. SOCIAL HISTORY: Retired.", ["SOCIAL", "HISTORY", ":"]],
  ["tests and parts of the body are mentions", "PHYSICAL EXAM:\nNeck: Supple.\nVITAL SIGNS: 36.8\nCT HEAD: clear", []],
  ["a title that is not known stays open", "INSURANCE STATUS: private", []],
  ["no title", "The history is long.", []],
] as const)("%s", (_, text, expected) => {
  expect(quiet(text)).toEqual(expected);
}); // biome-ignore format: a table

test("in Chinese", () => {
  expect(quiet("既往史：高血压。\n查体：心肺正常", "zh")).toEqual(["既", "往", "史", "："]);
});
