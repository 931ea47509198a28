import type { TFunction } from "i18next";
import { describe, expect, it } from "vitest";
import type { EvaluatedRow, EvaluationRow } from "#contract/evaluation.ts";
import { createTexts } from "../frame/text.ts";
import { bestRow, chosenOf, points, rowOf, systemName, verdictsOf, withRow } from "./systems.ts";

const t = createTexts("en").t as TFunction;
const row: EvaluationRow = {
  modelId: "m",
  adapterId: null,
  selectorId: null,
  paradigm: "tuned",
  select: null,
};
const comparison = {
  first: "0",
  second: "1",
  difference: -0.2,
  ci95: [-0.3, -0.1],
  pValue: 0.01,
  pHolm: 0.02,
} as const;

describe("systems", () => {
  it("have names that say model, adapter and way of reading", () => {
    const named = { model: "base", adapter: "ward", selector: null };
    expect(systemName(named, row, t)).toBe("base + ward, Trained for this");
    expect(systemName({ ...named, selector: "judge" }, row, t)).toBe(
      "base + ward, Trained for this, second look by judge",
    );
    const few = { paradigm: "few", select: "token" } as const;
    expect(systemName({ ...named, adapter: null }, few, t)).toBe("base, By examples (similar word by word)");
  });

  it("are listed once, and the present one is one of them", () => {
    expect(withRow([row], { ...row })).toEqual([row]);
    expect(withRow([row], { ...row, adapterId: "a" })).toHaveLength(2);
    const evaluated = { ...row, model: "m", secondsPerDocument: 1 };
    expect(chosenOf(evaluated)).toEqual({
      modelId: "m",
      adapterId: null,
      selectorId: null,
      paradigm: "tuned",
    });
    expect(rowOf({ modelId: "m", adapterId: null, paradigm: "few" }, "token").select).toBe("token");
    expect(rowOf({ modelId: "m", adapterId: null, paradigm: "tuned" }, "token")).toEqual(row);
  });

  it("are compared from the better side, the clearest first", () => {
    const close = { ...comparison, second: "2", difference: 0.01, ci95: [-0.1, 0.1], pHolm: 0.9 } as const;
    expect(verdictsOf([close, comparison])).toEqual([
      { better: 1, worse: 0, difference: 0.2, low: 0.1, high: 0.3, pHolm: 0.02, isSignificant: true },
      { better: 0, worse: 2, difference: 0.01, low: -0.1, high: 0.1, pHolm: 0.9, isSignificant: false },
    ]);
  });

  it("have a best one, unless none could read", () => {
    const scored = (f1: number) => ({ scores: { micro: { f1 } } }) as EvaluatedRow;
    const failed = { scores: null } as EvaluatedRow;
    expect(bestRow([scored(0.4), failed, scored(0.6)])).toBe(2);
    expect(bestRow([failed])).toBeNull();
    expect([points(0.59444), points(1), points(0)]).toEqual(["59.4", "100.0", "0.0"]);
  });
});
