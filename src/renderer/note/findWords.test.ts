import fc from "fast-check";
import { expect, it } from "vitest";
import { findWords, spansWithin } from "./findWords.ts";

it("finds words in whatever case, and takes signs as signs", () => {
  expect(findWords("Pain, PAIN and chest-pain.", "pain").map(({ start }) => start)).toEqual([0, 6, 21]);
  expect(findWords("T 38.5 (rectal), 3855", "38.5")).toEqual([{ start: 2, end: 6 }]);
  expect(findWords("a+b (c) [d] {e} f|g ^h$ i\\j k/l - m", "f|g ^h$ i\\j k/l - m")).toHaveLength(1);
  expect(findWords("患者胸痛，无胸痛史", "胸痛").map(({ start }) => start)).toEqual([2, 6]);
  expect(findWords("text", "")).toEqual([]);
});

it("answers spans of the text itself, also where a letter is longer in the other case", () => {
  expect(findWords("İİ fever", "fever")).toEqual([{ start: 3, end: 8 }]);
  const letter = fc.constantFrom(..."aAkK\u212aİßẞſsΣς胸🫀 .*");
  fc.assert(
    fc.property(fc.string({ unit: letter }), fc.string({ unit: letter, minLength: 1 }), (around, words) => {
      const text = `${around}${words}${around}`;
      const found = findWords(text, words);
      expect(found.length).toBeGreaterThan(0);
      for (const { start, end } of found)
        expect(text.slice(start, end).toLowerCase()).toHaveLength(words.toLowerCase().length);
    }),
  );
});

it("cuts out what lies in a range, as looking at every span would", () => {
  const sorted = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 5 }))).map((steps) => {
    let at = 0;
    return steps.map(([gap, length]) => {
      const start = at + gap;
      at = start + length;
      return { start, end: at };
    });
  });
  fc.assert(
    fc.property(sorted, fc.nat(40), fc.nat(20), (spans, start, length) => {
      const range = { start, end: start + length };
      const slow = spans
        .map((span) => ({ start: Math.max(span.start, range.start), end: Math.min(span.end, range.end) }))
        .filter((span) => span.start < span.end);
      expect(spansWithin(spans, range)).toEqual(slow);
    }),
  );
});
