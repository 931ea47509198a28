import fc from "fast-check";
import { expect, test } from "vitest";
import { isWord, tokenise } from "./tokens.ts";

const words = (text: string) => tokenise(text).map((token) => token.text);

test("words, numbers, marks and Han characters part, in lower case", () => {
  expect(words("No N\u0303o's 3.5mg, 胸痛（-）")).toEqual([
    "no", "n\u0303o", "'", "s", "3.5", "mg", ",", "胸", "痛", "(", "-", ")",
  ]); // biome-ignore format: one line reads best
});

test("curved and wide marks read as plain ones", () => {
  expect(words("doesn’t：？；，")).toEqual(["doesn", "'", "t", ":", "?", ";", ","]);
});

test("a word holds letters or digits", () => {
  expect(tokenise("a 1 、 胸").map(isWord)).toEqual([true, true, false, true]);
});

test("tokens lie in order, and only white space lies between them", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40, unit: "grapheme" }), fc.nat(50), (text, offset) => {
      let rest = "";
      let last = offset;
      for (const token of tokenise(text, offset)) {
        rest += text.slice(last - offset, token.start - offset);
        last = token.end;
      }
      rest += text.slice(last - offset);
      expect(rest.trim()).toBe("");
    }),
  );
});
