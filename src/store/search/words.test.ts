import { expect, test } from "vitest";
import { indexWords, matchExpression, searchTerms } from "./words.ts";

test("Han runs become pairs, and each character is kept once", () => {
  expect(indexWords("甲.txt", "患者胸痛2天，CT示胸水")).toEqual({
    words: " 甲 .txt\n 患者 者胸 胸痛 痛 2 天 ,CT 示胸 胸水 水 ",
    characters: "甲 患 者 胸 痛 天 示 水",
  });
});

test("other text is left alone, full-width signs aside", () => {
  expect(indexWords("a", "Takes ＭＥＴＯＰＲＯＬＯＬ 25\u00a0mg.")).toEqual({
    words: "a\nTakes METOPROLOL 25 mg.",
    characters: "",
  });
});

test("characters outside the basic plane are one character each", () => {
  expect(indexWords("a", "𠮷野家")).toEqual({ words: "a\n 𠮷野 野家 家 ", characters: "𠮷 野 家" });
});

test.each([
  ["metop 25", '"metop"* AND "25"*'],
  ["a", '"a"'],
  ["胸", 'characters : "胸"'],
  ["胸痛", 'words : "胸痛"'],
  ["胸痛两天", 'words : "胸痛 痛两 两天"'],
  ["CT检查", '"CT"* AND words : "检查"'],
  ['"chest" OR (pain*) -x', '"chest"* AND "OR"* AND "pain"* AND "x"'],
])("%s is looked for as %s", (query, expression) => {
  expect(matchExpression(searchTerms(query))).toBe(expression);
});

test("a query without letters or digits looks for nothing", () => {
  expect(matchExpression(searchTerms(' "*" -- '))).toBeNull();
});
