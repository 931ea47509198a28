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

test("no near-duplicate is missed: the count is that of comparing every pair", async () => {
  // Few words of which some are frequent, so that many pairs lie near the border.
  const word = fc.constantFrom(..."abcdefgh");
  const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(" "));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 30 }), fc.nat(10), async (texts, from) => {
      const sets = texts.map(termSet);
      const found = sets.filter(
        (terms, index) =>
          index >= from && sets.slice(0, index).some((other) => sayAlmostTheSame(other, terms)),
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
  expect(breaths).toBe(4);
});
