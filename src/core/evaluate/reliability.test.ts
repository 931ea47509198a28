import { expect, test } from "vitest";
import { reliabilityOf } from "./reliability.ts";

const at = (start: number, confidence: number | null = null, type = "Age") => ({
  start,
  end: start + 1,
  type,
  confidence,
});

test("counted by hand", () => {
  const gold = [
    { name: "a", mentions: [at(1), at(3), at(5)] },
    { name: "b", mentions: [] },
  ];
  // 0.25 is half right, what lies above 0.9 two thirds; other types and documents and the unsure do not count.
  const predicted = [
    { name: "a", mentions: [at(1, 0.25), at(2, 0.25), at(3, 0.95), at(5, 0.95), at(7), at(8, 0.5, "Sex")] },
    { name: "b", mentions: [at(1, 1)] },
    { name: "c", mentions: [at(1, 0.1)] },
  ];
  expect(reliabilityOf(gold, predicted, ["Age"])).toEqual({
    ece: 0.28,
    bins: [
      { count: 2, confidence: 0.25, right: 0.5 },
      { count: 3, confidence: 0.966667, right: 0.666667 },
    ],
  });
});

test("nothing is said where no prediction has a confidence", () => {
  const documents = [{ name: "a", mentions: [at(1)] }];
  expect(reliabilityOf(documents, documents, ["Age"])).toBeNull();
  expect(reliabilityOf([], [], ["Age"])).toBeNull();
});
