import fc from "fast-check";
import { expect, test } from "vitest";
import { type FragmentedDocument, scoreDiscontinuous } from "./discontinuous.ts";
import type { DiscontinuousSpan } from "./gold.ts";

const types = ["A", "B"];
const parts = (type: string, ...offsets: [number, number][]): DiscontinuousSpan => {
  const fragments = offsets.map(([start, end]) => ({ start, end }));
  return { type, start: offsets[0]?.[0] ?? 0, end: offsets.at(-1)?.[1] ?? 0, fragments };
};
const whole = (type: string, start: number, end: number) => ({ type, start, end, fragments: null });

test("outer spans and exact fragments are counted apart, by hand", () => {
  const gold: FragmentedDocument[] = [
    {
      name: "a",
      mentions: [whole("A", 0, 9), whole("B", 0, 4)],
      discontinuous: [parts("A", [0, 3], [5, 9]), parts("A", [10, 12], [14, 18]), parts("C", [0, 1], [2, 3])],
    },
    { name: "b", mentions: [], discontinuous: [parts("B", [0, 2], [4, 6]), parts("B", [0, 2], [8, 9])] },
    { name: "unread", mentions: [], discontinuous: [parts("A", [0, 1], [4, 5])] },
  ];
  const predicted: FragmentedDocument[] = [
    // The first exactly; the second as one stretch; one more that the gold lacks.
    { name: "a", mentions: [parts("A", [0, 3], [5, 9]), whole("A", 10, 18), parts("B", [0, 1], [3, 4])] },
    // The right outer span from other fragments, and the right one under another type.
    { name: "b", mentions: [parts("B", [0, 3], [4, 6]), parts("A", [0, 2], [8, 9])] },
    { name: "other", mentions: [parts("A", [0, 1], [4, 5])] },
  ];
  expect(scoreDiscontinuous(gold, predicted, types)).toEqual({
    support: 5,
    outer: { recall: 3 / 5 },
    fragments: { precision: 1 / 4, recall: 1 / 5, f1: expect.closeTo(2 / 9) },
  });
});

test("nothing in fragments scores 0, not NaN", () => {
  expect(scoreDiscontinuous([{ name: "a", mentions: [whole("A", 0, 2)] }], [], types)).toEqual({
    support: 0,
    outer: { recall: 0 },
    fragments: { precision: 0, recall: 0, f1: 0 },
  });
});

const mention = fc
  .tuple(fc.constantFrom("A", "B", "C"), fc.nat(5), fc.integer({ min: 1, max: 3 }))
  .map(([type, start, gap]) => parts(type, [start, start + 1], [start + 1 + gap, start + 2 + gap]));

test("what agrees with itself is whole, and an exact mention is an outer one", () => {
  fc.assert(
    fc.property(fc.array(mention), fc.array(mention), (some, others) => {
      const document = (mentions: readonly DiscontinuousSpan[]) => [{ name: "a", mentions }];
      const self = scoreDiscontinuous(document(some), document([...some, ...some]), types);
      expect(self.fragments.f1).toBe(self.support > 0 ? 1 : 0);
      const { outer, fragments } = scoreDiscontinuous(document(some), document(others), types);
      expect(outer.recall).toBeGreaterThanOrEqual(fragments.recall);
    }),
  );
});
