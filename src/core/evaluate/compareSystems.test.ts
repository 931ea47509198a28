import { expect, test } from "vitest";
import { plant } from "../../../test/oracles/plant.ts";
import { compareSystems } from "./compareSystems.ts";
import type { MentionDocument } from "./scoreDocuments.ts";

const options = { types: ["Age", "Sex"] };
const corpus = (marked: (i: number) => string): MentionDocument[] =>
  Array.from({ length: 30 }, (_, i) => ({ name: String(i), mentions: plant(marked(i)).mentions }));
const gold = corpus(() => "⟦61|Age⟧ ⟦man|Sex⟧");

test("a system against itself differs by nothing", () => {
  const half = corpus((i) => (i % 2 ? "⟦61|Age⟧ man" : "61 ⟦man|Sex⟧"));
  expect(compareSystems(gold, half, half, options)).toEqual({ difference: 0, ci95: [0, 0], pValue: 1 });
});

test("a system that is better on every note is better beyond chance, and the other way round", () => {
  const weak = corpus(() => "⟦61|Age⟧ man");
  const there = compareSystems(gold, gold, weak, options);
  expect(there.difference).toBeCloseTo(1 / 3, 10);
  expect(there.ci95[0]).toBeGreaterThan(0);
  expect(there.pValue).toBeLessThan(0.01);
  expect(compareSystems(gold, weak, gold, options).difference).toBe(-there.difference);
});

test("two systems that are right on other notes cannot be told apart", () => {
  const one = corpus((i) => (i % 2 ? "⟦61|Age⟧ ⟦man|Sex⟧" : "61 man"));
  const other = corpus((i) => (i % 2 ? "61 man" : "⟦61|Age⟧ ⟦man|Sex⟧"));
  const { ci95, pValue } = compareSystems(gold, one, other, options);
  expect(ci95[0]).toBeLessThan(0);
  expect(ci95[1]).toBeGreaterThan(0);
  expect(pValue).toBeGreaterThan(0.5);
});
