import { expect, test } from "vitest";
import { planWork } from "./workPlan.ts";

const small = 30e6;
const large = 5e9;

test("a small model reads in one context for each free core, a large one in a single context", () => {
  expect(planWork(small, {}, { cores: 8, load: 0 })).toEqual({ contexts: 8, threadsEach: 1 });
  expect(planWork(large, {}, { cores: 8, load: 0 })).toEqual({ contexts: 1, threadsEach: 8 });
});

test("busy cores are left alone, but at most half of them", () => {
  expect(planWork(small, {}, { cores: 8, load: 3.2 }).contexts).toBe(5);
  expect(planWork(small, {}, { cores: 8, load: 20 }).contexts).toBe(4);
  expect(planWork(large, {}, { cores: 1, load: 5 })).toEqual({ contexts: 1, threadsEach: 1 });
});

test("a wish is followed", () => {
  expect(planWork(small, { parallelism: 2, threads: 6 }, { cores: 8, load: 0 })).toEqual({
    contexts: 2,
    threadsEach: 3,
  });
  expect(planWork(small, { parallelism: 3, threads: 1 }, { cores: 8, load: 0 }).threadsEach).toBe(1);
});
