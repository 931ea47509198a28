import { expect, test } from "vitest";
import { createDraftWidth } from "./draftWidth.ts";

/** The width after many drafts of which each had `right` right tokens before a wrong one. */
function widthAfter(right: number, callCost: number): number {
  const width = createDraftWidth(callCost);
  for (let i = 0; i < 100; i++) width.learn(right, true);
  return width.current;
}

test("drafts grow with what was right, and with what a call costs", () => {
  const widths = [0, 3, 10, 100].map((right) => widthAfter(right, 3));
  expect(widths).toEqual(widths.toSorted((a, b) => a - b));
  expect(new Set(widths).size).toBe(4);
  expect(widthAfter(3, 50)).toBeGreaterThan(widthAfter(3, 3));
});

test("a draft has at least one token and an end", () => {
  expect(widthAfter(0, 3)).toBe(1);
  const width = createDraftWidth(50);
  for (let i = 0; i < 200; i++) width.learn(1000, false);
  expect(width.current).toBe(256);
});
