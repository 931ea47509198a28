import type { TFunction } from "i18next";
import { describe, expect, it } from "vitest";
import type { InstalledModel } from "#contract/records.ts";
import { createTexts } from "../frame/text.ts";
import { besideOptions, keptBeside } from "./beside.ts";

const t = createTexts("en").t as TFunction;

type More = Partial<Pick<InstalledModel, "fits" | "present">> & {
  readonly grounded?: boolean;
  readonly isSelector?: boolean;
};
const model = (id: string, { grounded = true }: More = {}) =>
  ({ id, present: true, fits: [], report: { name: `Model ${id}`, grounded, adapter: null } }) as unknown;
const adapter = (id: string, { fits = [], present = true, isSelector = false }: More = {}) =>
  ({ id, present, fits, report: { name: `Adapter ${id}`, adapter: { isSelector } } }) as unknown;

const models = [
  model("a"),
  model("b", { grounded: false }),
  adapter("gone", { fits: ["a"], present: false }),
  adapter("b-only", { fits: ["b"] }),
  adapter("a-only", { fits: ["a"] }),
  adapter("both", { fits: ["a", "b"] }),
  adapter("lost"),
  adapter("judge", { fits: ["a"], isSelector: true }),
] as readonly InstalledModel[];

describe("what can work beside a model", () => {
  it("stands first; the rest cannot be chosen, and the reason stands above it", () => {
    expect(besideOptions("adapter", "a", models, t)).toEqual([
      { value: "a-only", label: "Adapter a-only" },
      { value: "both", label: "Adapter both" },
      { group: "file is gone", items: [{ value: "gone", label: "Adapter gone", disabled: true }] },
      { group: "For Model b", items: [{ value: "b-only", label: "Adapter b-only", disabled: true }] },
      { group: "Its model is not here", items: [{ value: "lost", label: "Adapter lost", disabled: true }] },
    ]);
  });

  it("names every model that something else is for", () => {
    const other = [...models, model("c")] as readonly InstalledModel[];
    const groups = besideOptions("adapter", "c", other, t).map((one) => "group" in one && one.group);
    expect(groups).toContain("For Model a, Model b");
  });

  it("keeps adapters and selectors apart, and lets a stock model judge by itself", () => {
    expect(besideOptions("selector", "a", models, t)).toEqual([{ value: "judge", label: "Adapter judge" }]);
    expect(besideOptions("selector", "b", models, t)).toEqual([
      { value: "b", label: "The chosen model itself, by a question" },
      { group: "For Model a", items: [{ value: "judge", label: "Adapter judge", disabled: true }] },
    ]);
  });

  it("is kept with another model only where it fits that one too", () => {
    expect(keptBeside("both", "b", models)).toBe("both");
    expect(keptBeside("a-only", "b", models)).toBeNull();
    expect(keptBeside("b", "a", models)).toBeNull();
    expect(keptBeside(null, "a", models)).toBeNull();
  });
});
