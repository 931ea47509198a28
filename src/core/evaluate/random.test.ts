import { expect, test } from "vitest";
import { createRandom } from "./random.ts";

test("one seed, one row of numbers; another seed, another", () => {
  const draw = (seed: number): number[] => {
    const random = createRandom(seed);
    return Array.from({ length: 20_000 }, random);
  };
  const numbers = draw(7);
  expect(draw(7)).toEqual(numbers);
  expect(draw(8)).not.toEqual(numbers);
  expect(new Set(numbers).size).toBeGreaterThan(19_900);
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  const tenths = Array.from({ length: 10 }, (_, i) => numbers.filter((n) => Math.floor(n * 10) === i).length);
  for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(200);
});
