import { expect, test } from "vitest";
import { entityAt } from "../note/testNote.ts";
import { confidenceHistogram } from "./histogram.ts";

test("each confidence is counted in its part of the scale, none where there is none", () => {
  const entities = [0, 0.19, 0.2, 0.5, 0.99, 1, null].map((confidence) =>
    entityAt("fever", "e1", "fever", { confidence }),
  );
  expect(confidenceHistogram(entities, 5)).toEqual([2, 1, 1, 0, 2]);
});
