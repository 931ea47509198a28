import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contains, overlaps, type Span, sameSpan } from "#core/document/span.ts";
import { assignLanes } from "./lanes.ts";

const spans = fc.array(
  fc
    .tuple(fc.nat(40), fc.integer({ min: 1, max: 12 }))
    .map(([start, length]): Span => ({ start, end: start + length })),
  { maxLength: 25 },
);

describe("lanes", () => {
  test("spans that share a unit never share a lane; what lies inside is nearer to the text", () => {
    fc.assert(
      fc.property(spans, (given) => {
        const lanes = assignLanes(given);
        expect(lanes).toHaveLength(given.length);
        given.forEach((a, i) => {
          given.forEach((b, j) => {
            if (i >= j || !overlaps(a, b)) return;
            expect(lanes[i]).not.toBe(lanes[j]);
            const iOuter = sameSpan(a, b) || (contains(a, b) && !sameSpan(a, b));
            if (iOuter) expect(lanes[i]).toBeGreaterThan(lanes[j] as number);
            else if (contains(b, a)) expect(lanes[j]).toBeGreaterThan(lanes[i] as number);
          });
        });
      }),
    );
  });

  test("a span that overlaps nothing has lane 0, also where spans only touch", () => {
    expect(
      assignLanes([
        { start: 0, end: 3 },
        { start: 3, end: 5 },
      ]),
    ).toEqual([0, 0]);
  });

  test("nested and crossing, by hand", () => {
    const given = [
      { start: 0, end: 20 },
      { start: 0, end: 5 },
      { start: 3, end: 9 },
      { start: 12, end: 14 },
    ];
    expect(assignLanes(given)).toEqual([2, 0, 1, 0]);
  });
});
