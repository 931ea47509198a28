import fc from "fast-check";
import { expect, test } from "vitest";
import { countNearDuplicates, sayAlmostTheSame, termSet } from "./nearDuplicates.ts";

test("a text counts that says almost the same as one before it, in the bank or among the new ones", async () => {
  const texts = [
    "Took aspirin 81 mg daily for a year.",
    "Denies fever.",
    // New from here on.
    "took aspirin, 81 mg, daily for a year",
    "Denies fever and cough.",
    "患者三天前出现胸痛，伴气促。",
    "患者三天前出现胸痛、伴气促",
    "The wound is dry.",
  ];
  expect(await countNearDuplicates(texts, 2)).toBe(2);
  expect(await countNearDuplicates(texts, 5)).toBe(1);
  expect(await countNearDuplicates(texts, 7)).toBe(0);
  expect(await countNearDuplicates([], 0)).toBe(0);
});

/** Words of which some are frequent, so that many pairs lie near the border. */
const words = fc.array(fc.constantFrom(..."abcdefgh"), { minLength: 1, maxLength: 12 });

/** The share of all terms that both have. */
function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((term) => b.has(term)).length / new Set([...a, ...b]).size;
}

test("almost the same are texts with four fifths of their terms in common", () => {
  fc.assert(
    fc.property(words, words, (one, other) => {
      const [a, b] = [new Set(one), new Set(other)];
      expect(sayAlmostTheSame(a, b)).toBe(jaccard(a, b) >= 0.8);
    }),
  );
  // Sizes at which four fifths are a whole number, at the border and one term below it.
  for (let size = 5; size <= 200; size += 5) {
    const terms = Array.from({ length: size }, (_, i) => `t${i}`);
    const some = new Set(terms.slice(size / 5));
    expect(sayAlmostTheSame(new Set(terms), some)).toBe(true);
    expect(sayAlmostTheSame(new Set([...terms, "more"]), some)).toBe(false);
  }
});

test("no near-duplicate is missed: the count is that of comparing every pair", async () => {
  const text = words.map((some) => some.join(" "));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 30 }), fc.nat(10), async (texts, from) => {
      const sets = texts.map(termSet);
      const found = sets.filter(
        (terms, index) => index >= from && sets.slice(0, index).some((other) => jaccard(other, terms) >= 0.8),
      );
      expect(await countNearDuplicates(texts, from)).toBe(found.length);
    }),
  );
});

test("other work of the thread may go on in between", async () => {
  let breaths = 0;
  await countNearDuplicates(
    Array.from({ length: 400 }, (_, i) => `Day ${i}.`),
    0,
    async () => void breaths++,
  );
  expect(breaths).toBe(6);
});
