import fc from "fast-check";
import { expect, test } from "vitest";
import { splitPieces } from "../document/pieces.ts";
import { cutRanks, type PieceRange, packWindows } from "./windows.ts";

const LIMIT = 20;

/** Sentences as lists of token counts, laid end to end. */
function layOut(sentences: readonly (readonly number[])[]): { counts: number[]; ranges: PieceRange[] } {
  const counts = sentences.flat();
  let from = 0;
  const ranges = sentences.map((sentence) => {
    const range = { from, to: from + sentence.length };
    from = range.to;
    return range;
  });
  return { counts, ranges };
}

const sentences = fc.array(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 30 }), {
  maxLength: 20,
});

test("every piece is owned once, in order, and no window exceeds the limit", () => {
  fc.assert(
    fc.property(sentences, fc.integer({ min: 0, max: 3 }), fc.func(fc.nat(2)), (parts, overlap, cutRank) => {
      const { counts, ranges } = layOut(parts);
      const windows = packWindows(counts, ranges, { limit: LIMIT, overlap, cutRank });
      let next = 0;
      for (const window of windows) {
        expect(window.ownFrom).toBe(next);
        expect(window.ownTo).toBeGreaterThan(window.ownFrom);
        expect(window.from).toBeLessThanOrEqual(window.ownFrom);
        expect(window.to).toBeGreaterThanOrEqual(window.ownTo);
        const tokens = counts.slice(window.from, window.to).reduce((sum, count) => sum + count, 0);
        expect(tokens).toBeLessThanOrEqual(LIMIT);
        next = window.ownTo;
      }
      expect(next).toBe(counts.length);
    }),
  );
});

test("sentences that fit are never cut", () => {
  fc.assert(
    fc.property(sentences, fc.integer({ min: 0, max: 3 }), (parts, overlap) => {
      const { counts, ranges } = layOut(parts.filter((part) => part.reduce((a, b) => a + b) <= LIMIT));
      const starts = new Set(ranges.map((range) => range.from));
      for (const window of packWindows(counts, ranges, { limit: LIMIT, overlap })) {
        expect(starts.has(window.from) && starts.has(window.ownFrom)).toBe(true);
      }
    }),
  );
});

test("a window carries the sentence before it along", () => {
  const { counts, ranges } = layOut([[4], [8], [3], [9], [9]]);
  expect(packWindows(counts, ranges, { limit: LIMIT, overlap: 1 })).toEqual([
    { from: 0, to: 3, ownFrom: 0, ownTo: 3 },
    { from: 2, to: 4, ownFrom: 3, ownTo: 4 },
    { from: 4, to: 5, ownFrom: 4, ownTo: 5 },
  ]);
});

test("a sentence over the limit is cut after a mark and read beyond the cut", () => {
  const pieces = splitPieces("a b c d e f g , h i j k l m n o p q r s t u v w");
  const counts = pieces.map(() => 2);
  const [first, second] = packWindows(counts, [{ from: 0, to: pieces.length }], {
    limit: LIMIT,
    overlap: 1,
    cutRank: cutRanks(pieces),
  });
  expect(first).toEqual({ from: 0, to: 9, ownFrom: 0, ownTo: 8 });
  expect(second).toMatchObject({ from: 7, ownFrom: 8 });
});

test("a line break is the better place to cut", () => {
  const pieces = splitPieces("a b c d\ne , f g h i j k");
  const windows = packWindows(
    pieces.map(() => 1),
    [{ from: 0, to: pieces.length }],
    {
      limit: 8,
      overlap: 0,
      cutRank: cutRanks(pieces),
    },
  );
  expect(windows[0]).toMatchObject({ ownFrom: 0, ownTo: 4 });
});

test("a piece over the limit stands alone", () => {
  expect(packWindows([3, 50, 3], [{ from: 0, to: 3 }], { limit: LIMIT, overlap: 1 })).toEqual([
    { from: 0, to: 1, ownFrom: 0, ownTo: 1 },
    { from: 1, to: 2, ownFrom: 1, ownTo: 2 },
    { from: 2, to: 3, ownFrom: 2, ownTo: 3 },
  ]);
});

test("sentences that leave a gap are refused", () => {
  expect(() =>
    packWindows(
      [1, 1, 1],
      [
        { from: 0, to: 1 },
        { from: 2, to: 3 },
      ],
      { limit: 9, overlap: 0 },
    ),
  ).toThrow(RangeError);
  expect(() => packWindows([1, 1], [{ from: 0, to: 1 }], { limit: 9, overlap: 0 })).toThrow(RangeError);
});

test("a window holds no more sentences than the model wants", () => {
  fc.assert(
    fc.property(
      sentences,
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 1, max: 3 }),
      (parts, overlap, most) => {
        const { counts, ranges } = layOut(parts);
        for (const { from, to } of packWindows(counts, ranges, { limit: LIMIT, overlap, sentences: most })) {
          expect(ranges.filter((range) => range.from < to && from < range.to).length).toBeLessThanOrEqual(
            most,
          );
        }
      },
    ),
  );
});
