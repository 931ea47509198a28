import { expect, test } from "vitest";
import { isShowable, type ReadGroup, readGroups, showing, unreadFault, unreadOf } from "./readFor.ts";

const all = { types: ["A", "B"], outputFormat: "grounded" } as const;
const bank = (...groups: ReadGroup[]) => ({ name: "gold", size: 10, readGroups: groups });

test("groups are by types, whatever their order, the largest first; what was read for all is in none", () => {
  const groups = readGroups([
    { readFor: ["C"] },
    { readFor: ["A", "B"] },
    {},
    { readFor: ["B", "A"] },
    { readFor: [] },
  ]);
  expect(groups).toEqual([
    { types: ["A", "B"], examples: 2 },
    { types: ["C"], examples: 1 },
    { types: [], examples: 1 },
  ]);
});

test.each(["grounded", "json"] as const)("%s shows what was read for all wanted types", (outputFormat) => {
  const wanted = { ...all, outputFormat };
  expect(isShowable(undefined, wanted)).toBe(true);
  expect(isShowable(["B", "C", "A"], wanted)).toBe(true);
  expect(isShowable(["A"], wanted)).toBe(false);
  expect(isShowable([], wanted)).toBe(false);
});

test("brackets show what was read for one of them", () => {
  const wanted = { ...all, outputFormat: "brackets" } as const;
  expect(isShowable(["A", "C"], wanted)).toBe(true);
  expect(isShowable(["C"], wanted)).toBe(false);
});

test("what cannot be shown is counted, with the types that it was not read for", () => {
  const groups = bank({ types: ["A"], examples: 4 }, { types: ["A", "B"], examples: 3 });
  expect(unreadOf(groups, all)).toEqual({ examples: 4, types: ["B"] });
  expect(unreadOf(groups, { ...all, outputFormat: "brackets" })).toEqual({ examples: 0, types: [] });
  expect(unreadFault(groups, all)).toEqual({
    code: "NG-UNREAD",
    params: { name: "gold", count: 4, size: 10, types: "B" },
  });
  expect(unreadFault(bank(), all)).toBeNull();
});

test("they are shown only where there are no others; brackets show nothing without a line", () => {
  const shown = (examples: number, wanted: Parameters<typeof showing>[1] = all) =>
    showing(bank({ types: ["A"], examples }), wanted)(["A"]);
  expect(shown(10)).toBe(true);
  expect(shown(9)).toBe(false);
  expect(shown(10, { types: ["B"], outputFormat: "brackets" })).toBe(false);
});
