import fc from "fast-check";
import { expect, test } from "vitest";
import { displayWidth, truncateToWidth } from "./displayWidth.ts";

test.each([
  ["chest pain", 10],
  ["胸痛2天", 7],
  ["ｱ", 1],
  ["Ａ，", 4],
  ["e\u0301", 1],
  ["👩‍⚕️", 2],
  ["⚕️", 2],
  ["\u200b", 0],
])("%s takes %d columns", (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

test("a cut text says so and fits", () => {
  expect(truncateToWidth("chest pain", 6)).toBe("chest…");
  expect(truncateToWidth("胸痛胸痛", 4)).toBe("胸…");
  expect(truncateToWidth("胸痛", 4)).toBe("胸痛");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 30 }), (text, columns) => {
      expect(displayWidth(truncateToWidth(text, columns))).toBeLessThanOrEqual(columns);
    }),
  );
});
