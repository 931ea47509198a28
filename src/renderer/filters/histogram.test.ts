import { expect, test } from "vitest";
import { histogram } from "./histogram.ts";

test("each value is counted in its part of the scale, none where there is none", () => {
  expect(histogram([0, 0.19, 0.2, 0.5, 0.99, 1, null], 5)).toEqual([2, 1, 1, 0, 2]);
});
