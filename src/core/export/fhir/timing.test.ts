import { expect, test } from "vitest";
import { parseFrequency } from "./timing.ts";

test.each([
  ["daily", 1, 1, "d", "QD"],
  ["b.i.d.", 2, 1, "d", "BID"],
  ["TID", 3, 1, "d", "TID"],
  ["twice daily", 2, 1, "d", "BID"],
  ["three times a day", 3, 1, "d", undefined],
  ["3 times per week", 3, 1, "wk", undefined],
  ["3x/day", 3, 1, "d", undefined],
  ["once a week", 1, 1, "wk", undefined],
  ["every 8 hours", 1, 8, "h", undefined],
  ["q8h", 1, 8, "h", undefined],
  ["q 12 hrs", 1, 12, "h", undefined],
  ["every two weeks", 1, 2, "wk", undefined],
  ["every other day", 1, 2, "d", "QOD"],
  ["weekly", 1, 1, "wk", undefined],
  ["每日两次", 2, 1, "d", undefined],
  ["每日2次", 2, 1, "d", undefined],
  ["一日三次", 3, 1, "d", undefined],
  ["2次/日", 2, 1, "d", undefined],
  ["每8小时一次", 1, 8, "h", undefined],
  ["每周1次", 1, 1, "wk", undefined],
])("%s is %d in %d %s", (text, frequency, period, periodUnit, gts) => {
  expect(parseFrequency(text)).toEqual({
    repeat: { frequency, period, periodUnit },
    ...(gts && { gts }),
    asNeeded: false,
  });
});

test("times of the day", () => {
  expect(parseFrequency("at bedtime")).toMatchObject({ repeat: { when: ["HS"] }, gts: "BED" });
  expect(parseFrequency("every morning")).toMatchObject({ repeat: { when: ["MORN"] }, gts: "AM" });
});

test("two to three times a day", () => {
  expect(parseFrequency("2–3 times per week")).toMatchObject({
    repeat: { frequency: 2, frequencyMax: 3, periodUnit: "wk" },
  });
  expect(parseFrequency("3-2 times per week")).toBeNull();
});

test.each([
  ["prn", { asNeeded: true }],
  ["as needed", { asNeeded: true }],
  ["q6h prn", { repeat: { frequency: 1, period: 6, periodUnit: "h" }, asNeeded: true }],
  ["必要时", { asNeeded: true }],
])("%s is as needed", (text, expected) => {
  expect(parseFrequency(text)).toEqual(expected);
});

test.each(["often", "with meals", "every", "per day", "", "frequently", "2–3", "a day in March"])(
  "%j cannot be counted",
  (text) => {
    expect(parseFrequency(text)).toBeNull();
  },
);
