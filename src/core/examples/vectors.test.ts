import fc from "fast-check";
import { expect, test } from "vitest";
import { cosines, quantise, sharedRows, tokenSimilarities } from "./vectors.ts";

/** Rows of a dimension, at a place in a larger buffer, and a query. */
const searches = fc
  .record({
    dimension: fc.integer({ min: 1, max: 40 }),
    rows: fc.nat(20),
    offset: fc.nat(5),
    shared: fc.boolean(),
  })
  .chain(({ dimension, rows, offset, shared }) =>
    fc.record({
      dimension: fc.constant(dimension),
      query: fc.int8Array({ minLength: dimension, maxLength: dimension }),
      rows: fc.int8Array({ minLength: rows * dimension, maxLength: rows * dimension }).map((values) => {
        const room = shared ? sharedRows(offset + values.length) : new Int8Array(offset + values.length);
        room.set(values, offset);
        return room.subarray(offset);
      }),
    }),
  );

function plainCosine(a: Int8Array, b: Int8Array): number {
  const sum = a.reduce((total, value, i) => total + value * (b[i] as number), 0);
  return Math.fround(Math.max(0, Math.min(1, sum / 127 ** 2)));
}

test("the fast dot products are those of the definition, at any dimension, count and place", () => {
  fc.assert(
    fc.property(searches, ({ dimension, query, rows }) => {
      const expected = Array.from({ length: rows.length / dimension }, (_, row) =>
        plainCosine(rows.subarray(row * dimension, (row + 1) * dimension), query),
      );
      expect([...cosines(rows, query)]).toEqual(expected.map((value) => expect.closeTo(value, 6)));
    }),
  );
});

/** A vector of length 1. */
const unit = (dimension: number) =>
  fc
    .array(fc.integer({ min: -100, max: 100 }), { minLength: dimension, maxLength: dimension })
    .filter((values) => values.some((value) => value !== 0))
    .map((values) => Float32Array.from(values, (value) => value / Math.hypot(...values)));

/** BERTScore's F1 with the numbers as they were before they were quantised. */
function exactSimilarity(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const dot = (x: Float32Array, y: Float32Array) =>
    x.reduce((sum, value, i) => sum + value * (y[i] as number), 0);
  const mean = (from: readonly Float32Array[], to: readonly Float32Array[]) =>
    from.reduce((sum, x) => sum + Math.max(0, ...to.map((y) => dot(x, y))), 0) / from.length;
  const [recall, precision] = [mean(a, b), mean(b, a)];
  return recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision);
}

test("token similarity in bytes is within .03 of the exact one, each other text by itself", () => {
  const texts = fc.constantFrom(3, 8, 16).chain((dimension) =>
    fc.record({
      dimension: fc.constant(dimension),
      text: fc.array(unit(dimension), { maxLength: 5 }),
      others: fc.array(fc.array(unit(dimension), { maxLength: 5 }), { maxLength: 4 }),
    }),
  );
  const bytes = (vectors: readonly Float32Array[]) =>
    Int8Array.from(vectors.flatMap((vector) => [...quantise(vector)]));
  fc.assert(
    fc.property(texts, ({ dimension, text, others }) => {
      const found = tokenSimilarities(bytes(text), others.map(bytes), dimension);
      expect(found).toHaveLength(others.length);
      others.forEach((other, i) => {
        expect(Math.abs((found[i] as number) - exactSimilarity(text, other))).toBeLessThan(0.03);
      });
    }),
  );
});

test("the same tokens answer each other fully, whatever their order; none answer nothing", () => {
  const [x, y] = [Int8Array.of(127, 0), Int8Array.of(0, 127)];
  const both = Int8Array.of(...x, ...y);
  const none = new Int8Array();
  expect([...tokenSimilarities(both, [Int8Array.of(...y, ...x), x, none], 2)]).toEqual([
    1,
    expect.closeTo(2 / 3, 6),
    0,
  ]);
  expect([...tokenSimilarities(none, [both], 2)]).toEqual([0]);
});
