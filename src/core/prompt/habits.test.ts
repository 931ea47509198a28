import { expect, test } from "vitest";
import { habitsFor } from "./habits.ts";

const tables = {
  open: Uint8Array.from([0, 1, 2, 0]),
  closeBefore: Int8Array.from([-20, 0, 5, 30]),
  closeAfter: [
    [-10, -4, 8],
    [0, 12, 20],
  ],
};

test("a token opens the type it mostly opens, if that is wanted", () => {
  const both = habitsFor(tables, ["Age", "Sex"], ["Sex", "Age"]);
  expect([0, 1, 2, 3, 99].map(both.opens)).toEqual([-1, 1, 0, -1, -1]);
  expect([1, 2].map(habitsFor(tables, ["Age", "Sex"], ["Sex"]).opens)).toEqual([-1, 0]);
});

test("a tag closes where its length and what follows speak for it together", () => {
  const { closes } = habitsFor(tables, ["Age", "Sex"], ["Sex", "Age"]);
  expect(closes(1, 1, 3)).toBe(true); // -10 + 30
  expect(closes(1, 1, 2)).toBe(false); // -10 + 5
  expect(closes(1, 2, 2)).toBe(true); // -4 + 5
  expect(closes(1, 9, 1)).toBe(true); // 8 + 0: as the longest that is known
  expect(closes(0, 2, 0)).toBe(false); // 12 - 20
  expect(closes(0, 2, 99)).toBe(true); // a token without a count
});
