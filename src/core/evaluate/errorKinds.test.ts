import fc from "fast-check";
import { expect, test } from "vitest";
import { plant } from "../../../test/oracles/plant.ts";
import { extractionErrors } from "./errorKinds.ts";
import type { TypedSpan } from "./gold.ts";

test.each([
  ["what is right is no error", "⟦cough|S⟧ and ⟦fever|S⟧", "⟦cough|S⟧ and ⟦fever|S⟧", []],
  ["type", "⟦cough|S⟧", "⟦cough|D⟧", ["type S D"]],
  ["border", "⟦dry cough|S⟧", "dry ⟦cough|S⟧", ["border S S"]],
  ["both", "⟦dry cough|S⟧", "dry ⟦cough|D⟧", ["both S D"]],
  ["missed and invented, apart", "⟦cough|S⟧ and fever", "cough and ⟦fever|S⟧", ["missed S -", "invented - S"]],
  ["the same type goes before the nearer border", "⟦dry cough today|S⟧", "⟦dry ⟦cough|S⟧|D⟧ today", ["border S S", "invented - D"]],
  ["each stands in one error", "⟦dry ⟦cough|S⟧|D⟧", "⟦dry cough|S⟧", ["type D S", "missed S -"]],
] as const)("%s", (_, gold, predicted, expected) => {
  const errors = extractionErrors(plant(gold).mentions, plant(predicted).mentions);
  expect(errors.map((e) => `${e.kind} ${e.gold?.type ?? "-"} ${e.predicted?.type ?? "-"}`)).toEqual(expected);
}); // biome-ignore format: a table

test("every difference stands in exactly one error", () => {
  const span = fc.record({
    start: fc.nat(6),
    length: fc.integer({ min: 1, max: 4 }),
    type: fc.constantFrom("S", "D"),
  });
  const mentions = fc
    .array(span, { maxLength: 8 })
    .map((spans) => spans.map(({ start, length, type }) => ({ start, end: start + length, type })));
  const keys = (spans: readonly (TypedSpan | null)[]) =>
    spans.flatMap((s) => (s ? [`${s.start} ${s.end} ${s.type}`] : [])).sort();
  fc.assert(
    fc.property(mentions, mentions, (gold, predicted) => {
      const errors = extractionErrors(gold, predicted);
      const [g, p] = [keys(gold), keys(predicted)];
      const only = (some: string[], others: string[]) =>
        [...new Set(some)].filter((key) => !others.includes(key));
      expect(keys(errors.map((error) => error.gold))).toEqual(only(g, p));
      expect(keys(errors.map((error) => error.predicted))).toEqual(only(p, g));
    }),
  );
});
