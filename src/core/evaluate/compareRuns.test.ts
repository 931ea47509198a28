import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plant } from "../../../test/oracles/plant.ts";
import { comparePairs, correctPairs, holm } from "./compareRuns.ts";
import type { MentionDocument } from "./scoreDocuments.ts";

const corpus = (marked: (i: number) => string): MentionDocument[] =>
  Array.from({ length: 30 }, (_, i) => ({ name: String(i), mentions: plant(marked(i)).mentions }));

describe("the correction of Holm", () => {
  test("multiplies the smallest by how many there are, and never turns the order round", () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(holm([0.6, 0.6])).toEqual([1, 1]);
    expect(holm([0.2])).toEqual([0.2]);
    expect(holm([])).toEqual([]);
  });

  test("gives no less than it got, no more than Bonferroni, and keeps the order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (pValues) => {
        const corrected = holm(pValues);
        corrected.forEach((value, i) => {
          const own = pValues[i] ?? 0;
          expect(value).toBeGreaterThanOrEqual(own);
          expect(value).toBeLessThanOrEqual(Math.min(1, own * pValues.length));
          for (const [k, other] of corrected.entries()) {
            if (own < (pValues[k] ?? 0)) expect(value).toBeLessThanOrEqual(other);
          }
        });
      }),
    );
  });
});

test("compares every pair once, and tells a true difference from none", () => {
  const gold = corpus(() => "⟦61|Age⟧ ⟦man|Sex⟧");
  const weak = corpus(() => "⟦61|Age⟧ man");
  const rows = [
    { spec: "zero", predicted: weak },
    { spec: "few:random", predicted: weak },
    { spec: "tuned", predicted: gold },
  ];
  const pairs = correctPairs([...comparePairs(gold, rows, { types: ["Age", "Sex"] })]);
  expect(pairs.map(({ first, second }) => `${first} ${second}`)).toEqual([
    "zero few:random",
    "zero tuned",
    "few:random tuned",
  ]);
  expect(pairs[0]).toMatchObject({ difference: 0, pValue: 1, pHolm: 1 });
  expect(pairs[1]?.difference).toBeCloseTo(-1 / 3, 10);
  expect(pairs[1]?.pHolm).toBeGreaterThanOrEqual(3 * (pairs[1]?.pValue ?? 1) - 1e-12);
  expect(pairs[1]?.pHolm).toBeLessThan(0.01);
});
