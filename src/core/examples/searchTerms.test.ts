import fc from "fast-check";
import { expect, test } from "vitest";
import { searchTerms } from "./searchTerms.ts";

test.each([
  ["Mild fever, 38 °C", ["mild", "fever", "38", "c"]],
  ["胸痛", ["胸", "胸痛", "痛"]],
  ["行CT检查", ["行", "ct", "检", "检查", "查"]],
  ["CT提示肺炎", ["ct", "提", "提示", "示", "示肺", "肺", "肺炎", "炎"]],
  ["予aspirin100mg口服", ["予", "aspirin", "100", "mg", "口", "口服", "服"]],
  ["dyspnée", ["dyspnée"]],
  ["– / –", []],
])("%s", (text, terms) => {
  expect(searchTerms(text)).toEqual(terms);
});

test("a word is the same term whatever script stands beside it", () => {
  const word = fc.stringMatching(/^[a-z]{2,8}$/);
  const beside = fc.constantFrom("", " ", "检", "检查", "，", "3");
  fc.assert(
    fc.property(word, beside, beside, (letters, before, after) => {
      expect(searchTerms(before + letters + after)).toContain(letters);
    }),
  );
});
