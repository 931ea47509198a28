import fc from "fast-check";
import { expect, test } from "vitest";
import { plant } from "../../../test/oracles/plant.ts";
import type { TypedSpan } from "./gold.ts";
import { type MentionDocument, scoreDocuments } from "./scoreDocuments.ts";

const types = ["Age", "Sex", "Medication"];
const planted = (name: string, marked: string): MentionDocument => ({
  name,
  mentions: plant(marked).mentions,
});

test("counted by hand", () => {
  const gold = [
    planted("a", "⟦61|Age⟧ ⟦man|Sex⟧ on ⟦low dose aspirin|Medication⟧ ⟦daily|Frequency⟧"),
    planted("b", "⟦woman|Sex⟧ on ⟦iron|Medication⟧"),
  ];
  const predicted = [
    // Right age; "aspirin" inside the gold drug; a sex where the gold has an age; an unasked type.
    planted("a", "⟦⟦61|Age⟧|Sex⟧ man on low dose ⟦aspirin|Medication⟧ ⟦daily|Frequency⟧"),
  ];
  const scores = scoreDocuments(gold, predicted, { types });
  expect(scores).toMatchObject({
    documents: 2,
    // 1 of 3 predicted and 1 of 5 gold.
    micro: { precision: 0.333333, recall: 0.2, f1: 0.25 },
    macro: { precision: 0.333333, recall: 0.333333, f1: 0.333333 },
    // Age and aspirin touch: 2 of 3 predicted, 2 of 5 gold.
    relaxed: { precision: 0.666667, recall: 0.4, f1: 0.5 },
    types: {
      Age: { precision: 1, recall: 1, f1: 1, support: 1 },
      Sex: { precision: 0, recall: 0, f1: 0, support: 2 },
      Medication: { precision: 0, recall: 0, f1: 0, support: 2 },
    },
  });
  expect(Object.keys(scores.types)).toEqual(types);
});

test("macro leaves out types that the gold does not hold; micro does not forgive them", () => {
  const scores = scoreDocuments([planted("a", "⟦61|Age⟧ x")], [planted("a", "⟦61|Age⟧ ⟦x|Sex⟧")], { types });
  expect(scores.macro.f1).toBe(1);
  expect(scores.micro.precision).toBe(0.5);
});

test("what stands twice counts once, on both sides", () => {
  const twice = (name: string): MentionDocument => {
    const { mentions } = plant("⟦61|Age⟧ ⟦man|Sex⟧");
    return { name, mentions: [...mentions, ...mentions] };
  };
  const scores = scoreDocuments([planted("a", "⟦61|Age⟧ ⟦man|Sex⟧")], [twice("a")], { types });
  expect(scores.micro).toEqual({ precision: 1, recall: 1, f1: 1, ci95: [1, 1] });
  expect(scoreDocuments([twice("a")], [planted("a", "⟦61|Age⟧ man")], { types }).types).toMatchObject({
    Age: { support: 1, recall: 1 },
    Sex: { support: 1, recall: 0 },
  });
});

test("nothing at all scores 0, not NaN", () => {
  expect(scoreDocuments([], [], { types }).micro).toEqual({ precision: 0, recall: 0, f1: 0, ci95: [0, 0] });
  expect(scoreDocuments([planted("a", "x")], [], { types }).macro.f1).toBe(0);
});

test("two gold documents of one name cannot be told apart", () => {
  expect(() => scoreDocuments([planted("a", "x"), planted("a", "y")], [], { types })).toThrow(
    expect.objectContaining({ code: "NG-GOLD" }),
  );
});

const mentions = fc.array(
  fc
    .tuple(fc.nat(20), fc.integer({ min: 1, max: 6 }), fc.constantFrom(...types))
    .map(([start, length, type]): TypedSpan => ({ start, end: start + length, type })),
  { maxLength: 12 },
);
const pairs = fc.array(fc.tuple(mentions, mentions), { minLength: 1, maxLength: 6 });
const sideOf = (documents: [TypedSpan[], TypedSpan[]][], side: 0 | 1): MentionDocument[] =>
  documents.map((document, i) => ({ name: String(i), mentions: document[side] }));

test("micro equals counting over sets of (document, start, end, type), and relaxed is never below strict", () => {
  fc.assert(
    fc.property(pairs, (documents) => {
      const keys = (side: 0 | 1): Set<string> =>
        new Set(documents.flatMap((d, i) => d[side].map((m) => `${i} ${m.start} ${m.end} ${m.type}`)));
      const gold = keys(0);
      const predicted = keys(1);
      const both = [...predicted].filter((key) => gold.has(key)).length;
      const scores = scoreDocuments(sideOf(documents, 0), sideOf(documents, 1), { types, resamples: 5 });
      const f1 = gold.size + predicted.size > 0 ? (2 * both) / (gold.size + predicted.size) : 0;
      expect(scores.micro.f1).toBeCloseTo(f1, 5);
      expect(scores.relaxed.precision).toBeGreaterThanOrEqual(scores.micro.precision);
      expect(scores.relaxed.recall).toBeGreaterThanOrEqual(scores.micro.recall);
    }),
  );
});

test("swapping gold and predicted swaps precision and recall", () => {
  fc.assert(
    fc.property(pairs, (documents) => {
      const options = { types, resamples: 1 };
      const there = scoreDocuments(sideOf(documents, 0), sideOf(documents, 1), options);
      const back = scoreDocuments(sideOf(documents, 1), sideOf(documents, 0), options);
      expect([back.micro.recall, back.relaxed.recall]).toEqual([
        there.micro.precision,
        there.relaxed.precision,
      ]);
    }),
  );
});

test("nested mentions are counted apart", () => {
  const gold = [planted("a", "⟦⟦left|Sex⟧ lung|Age⟧ and ⟦iron|Medication⟧ ⟦⟦x|Age⟧|Other⟧")];
  const predicted = [planted("a", "⟦left lung|Age⟧ and ⟦iron|Medication⟧ x")];
  expect(scoreDocuments(gold, predicted, { types }).nested).toEqual({ recall: 0.5, support: 2 });
  expect(scoreDocuments([planted("a", "⟦x|Age⟧")], [], { types }).nested).toEqual({ recall: 0, support: 0 });
});

test("the interval is the same on every run, holds the score, and narrows with more documents", () => {
  const corpus = (n: number, marked: (i: number) => string): MentionDocument[] =>
    Array.from({ length: n }, (_, i) => planted(String(i), marked(i)));
  const score = (n: number) =>
    scoreDocuments(
      corpus(n, () => "⟦61|Age⟧ ⟦man|Sex⟧"),
      corpus(n, (i) => (i % 3 === 0 ? "⟦61|Age⟧ man" : "⟦61|Age⟧ ⟦man|Sex⟧")),
      { types },
    ).micro;
  const small = score(12);
  const large = score(300);
  expect(score(12)).toEqual(small);
  expect(small.ci95[0]).toBeLessThan(small.f1);
  expect(small.ci95[1]).toBeGreaterThan(small.f1);
  expect(large.ci95[1] - large.ci95[0]).toBeLessThan((small.ci95[1] - small.ci95[0]) / 3);
});
