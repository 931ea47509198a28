import { expect, test } from "vitest";
import type { ModelReport } from "#contract/records.ts";
import { possibleWay, waysOf } from "./ways.ts";

const stock = { grounded: false, takesPrompts: true } as ModelReport;
const compact = { grounded: true, takesPrompts: false } as ModelReport;
const adapter = { kind: "adapter" } as ModelReport;

test("the trained way is there only where model or adapter bring the training", () => {
  expect([...waysOf(stock, undefined)]).toEqual(["few", "zero"]);
  expect([...waysOf(stock, adapter)]).toEqual(["tuned", "few", "zero"]);
});

test("a model that takes no prompts is offered neither examples nor definitions", () => {
  expect([...waysOf(compact, undefined)]).toEqual(["tuned"]);
  expect([...waysOf(compact, adapter)]).toEqual(["tuned"]);
});

test("a report of an earlier version, which does not say, forbids nothing", () => {
  const { takesPrompts: _, ...earlier } = compact;
  expect([...waysOf(earlier as ModelReport, undefined)]).toEqual(["tuned", "few", "zero"]);
});

test("another model keeps the way that was chosen where it can, else takes one that works at once", () => {
  expect(possibleWay("few", waysOf(stock, undefined))).toBe("few");
  expect(possibleWay("zero", waysOf(compact, undefined))).toBe("tuned");
  expect(possibleWay("tuned", waysOf(stock, undefined))).toBe("zero");
});
