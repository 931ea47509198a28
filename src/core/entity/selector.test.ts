import { expect, test } from "vitest";
import { type Entity, isKept } from "./entity.ts";
import { applyThreshold, isAsked } from "./selector.ts";

const fever: Entity = {
  id: "e1",
  type: "Sign_symptom",
  text: "fever",
  start: 0,
  end: 5,
  fragments: null,
  confidence: 0.8,
  section: null,
  assertion: null,
  attributes: [],
  selector: { probability: 0.4, kept: false },
  status: "proposed",
};
const unasked: Entity = { ...fever, id: "e2", selector: null };

test.each([
  [null, 0.99, true],
  [0.9, 0.89, true],
  [0.9, 0.9, false],
  [0, null, true],
])("a rule that asks below %s asks about confidence %s: %s", (below, confidence, asked) => {
  expect(isAsked({ threshold: 0.5, below }, confidence)).toBe(asked);
});

test("another threshold changes verdicts and nothing else", () => {
  const kept = (threshold: number | undefined) => applyThreshold([fever, unasked], threshold).map(isKept);
  expect(kept(undefined)).toEqual([false, true]);
  expect(kept(0.41)).toEqual([false, true]);
  expect(kept(0.4)).toEqual([true, true]);
  const [lower, other] = applyThreshold([fever, unasked], 0.3);
  expect(lower).toEqual({ ...fever, selector: { probability: 0.4, kept: true } });
  expect(other).toBe(unasked);
  expect(applyThreshold([fever], 0.9)[0]).toBe(fever);
});

test.each<[Entity["status"], boolean]>([
  ["proposed", false],
  ["accepted", true],
  ["edited", true],
  ["rejected", false],
])("a span that the selector dropped and a person %s counts: %s", (status, counts) => {
  expect(isKept({ ...fever, status })).toBe(counts);
});
