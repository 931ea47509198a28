import fc from "fast-check";
import { expect, test } from "vitest";
import { compareSpans, contains, overlaps, sameSpan } from "../document/span.ts";
import type { Mention } from "./entity.ts";
import { mergeMentions } from "./merge.ts";

const mention = (start: number, end: number, type = "Sign_symptom", confidence = 0.5): Mention => ({
  start, end, type, confidence,
}); // biome-ignore format: one line reads best

test("equal spans of a type are one, with the higher confidence", () => {
  expect(
    mergeMentions([mention(4, 9), mention(4, 9, "Sign_symptom", 0.8), mention(4, 9, "History")]),
  ).toEqual([mention(4, 9, "History"), mention(4, 9, "Sign_symptom", 0.8)]);
});

test("the rest of a mention that a border cut off is dropped, however sure the second window was", () => {
  const found = [mention(44, 58), mention(50, 58, "Sign_symptom", 0.99)];
  expect(mergeMentions(found, new Set([0, 50]))).toEqual([mention(44, 58)]);
  expect(mergeMentions(found, new Set([0, 90]))).toEqual(found);
});

test("a mention of another type at the border stays", () => {
  const found = [mention(44, 58), mention(50, 58, "Biological_structure")];
  expect(mergeMentions(found, new Set([50]))).toEqual(found);
});

test("of crossing spans of a type the surer one stays, of equally sure ones the longer", () => {
  expect(mergeMentions([mention(0, 10), mention(5, 12, "Sign_symptom", 0.9)])).toEqual([
    mention(5, 12, "Sign_symptom", 0.9),
  ]);
  expect(mergeMentions([mention(0, 10), mention(5, 20)])).toEqual([mention(5, 20)]);
});

test("nested spans stay, the outer one first, and so do crossing spans of two types", () => {
  const outer = mention(0, 20);
  const inner = mention(5, 9);
  const other = mention(15, 30, "Medication");
  expect(mergeMentions([other, inner, outer])).toEqual([outer, inner, other]);
});

const mentions = fc.array(
  fc
    .record({
      start: fc.nat(60),
      length: fc.integer({ min: 1, max: 20 }),
      type: fc.constantFrom("History", "Medication"),
      confidence: fc.integer({ min: 0, max: 4 }).map((quarter) => quarter / 4),
    })
    .map(({ start, length, type, confidence }) => mention(start, start + length, type, confidence)),
);
const borders = fc.array(fc.nat(60)).map((offsets) => new Set(offsets));

test("the result is sorted, free of doubles and of crossing spans of a type, and made of what was found", () => {
  fc.assert(
    fc.property(mentions, borders, (found, cuts) => {
      const merged = mergeMentions(found, cuts);
      merged.forEach((a, index) => {
        expect(found.includes(a)).toBe(true);
        for (const b of merged.slice(index + 1)) {
          expect(compareSpans(a, b)).toBeLessThanOrEqual(0);
          if (a.type !== b.type) continue;
          expect(sameSpan(a, b)).toBe(false);
          expect(overlaps(a, b) && !contains(a, b) && !contains(b, a)).toBe(false);
        }
      });
    }),
  );
});

test("what is merged is not changed by merging again, nor by the order of the windows", () => {
  fc.assert(
    fc.property(mentions, borders, (found, cuts) => {
      const merged = mergeMentions(found, cuts);
      expect(mergeMentions([...merged])).toEqual(merged);
      expect(mergeMentions([...found].reverse(), cuts)).toEqual(merged);
    }),
  );
});

test("a mention that overlaps no other of its type is never lost", () => {
  fc.assert(
    fc.property(mentions, (found) => {
      const merged = mergeMentions([...found]);
      for (const a of found) {
        const alone = found.every((b) => b === a || b.type !== a.type || !overlaps(a, b));
        if (alone) expect(merged).toContainEqual(a);
      }
    }),
  );
});
