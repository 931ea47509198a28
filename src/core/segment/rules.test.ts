import { expect, test } from "vitest";
import { parseAbbreviations } from "./abbreviations.ts";
import { normaliseTitle, parseSectionRules } from "./sectionRules.ts";

test.each<[string, unknown, string]>([
  ["an unknown key", { categories: {}, tittles: [] }, 'unknown key "tittles"'],
  ["an unknown category", { categories: { wishes: { titles: ["wishes"] } } }, 'unknown key "wishes"'],
  ["an unknown key inside a category", { categories: { plan: { title: ["plan"] } } }, 'unknown key "title"'],
  ["a title of two categories", { categories: { plan: { titles: ["x"] }, discharge: { titles: ["x"] } } }, '"x" stands for two'],
  ["a part that is a title", { categories: { plan: { titles: ["x"] } }, parts: ["x"] }, '"x" is a part and a title'],
  ["lineOnly without title", { categories: {}, lineOnly: ["x"] }, '"x" is no title'],
  ["a title that is no word", { categories: { plan: { titles: [3] } } }, "must hold words only"],
  ["a title named twice", { categories: { plan: { titles: ["x", "x"] } } }, 'names "x" twice'],
  ["a list for an object", [], "must be an object"],
  ["an object for a list", { categories: {}, parts: {} }, "must be a list"],
])("section rules with %s are refused", (_, data, message) => {
  expect(() => parseSectionRules(data)).toThrow(message);
}); // biome-ignore format: a table

test("abbreviations with an unknown key are refused", () => {
  expect(() => parseAbbreviations({ neverEnds: ["dr"] })).toThrow('unknown key "neverEnds"');
});

test("titles are compared without case, numbering and ornaments", () => {
  expect(normaliseTitle("Preoperative Diagnosis (es)", "en")).toBe("preoperative diagnosis");
  expect(normaliseTitle("ASSESSMENT/PLAN", "en")).toBe("assessment and plan");
  expect(normaliseTitle("Patient's  Labs &  Imaging", "en")).toBe("patient labs and imaging");
  expect(normaliseTitle("主  诉（代诉）", "zh")).toBe("主诉");
});
