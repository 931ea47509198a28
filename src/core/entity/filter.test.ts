import { expect, test } from "vitest";
import type { Entity } from "./entity.ts";
import { type EntityFilter, isOpenFilter, matches } from "./filter.ts";

const fever: Entity = {
  id: "e1",
  type: "Sign_symptom",
  text: "High Fever",
  start: 0,
  end: 10,
  fragments: null,
  confidence: 0.8,
  section: "complaint",
  assertion: {
    polarity: "negated",
    certainty: "certain",
    experiencer: "patient",
    temporality: "current",
    rule: "no",
  },
  attributes: [],
  selector: null,
  status: "proposed",
};
const bare: Entity = { ...fever, assertion: null, confidence: null, section: null, status: "added" };

test.each<[string, EntityFilter, boolean, boolean]>([
  ["nothing narrows", {}, true, true],
  ["its type", { types: ["Sign_symptom"] }, true, true],
  ["another type", { types: ["Medication"] }, false, false],
  ["no type at all", { types: [] }, false, false],
  ["negated", { polarity: ["negated"] }, true, false],
  ["undetermined", { polarity: ["undetermined"] }, false, true],
  ["either", { polarity: ["affirmed", "undetermined"] }, false, true],
  ["certain", { certainty: ["certain"] }, true, false],
  ["hypothetical", { certainty: ["hypothetical"] }, false, false],
  ["patient", { experiencer: ["patient"] }, true, false],
  ["family", { experiencer: ["family"] }, false, false],
  ["current", { temporality: ["current"] }, true, false],
  ["historical", { temporality: ["historical"] }, false, false],
  ["its section", { sections: ["complaint"] }, true, false],
  ["no section", { sections: [""] }, false, true],
  ["confidence reached", { minConfidence: 0.8 }, true, true],
  ["confidence missed; what a person added stays", { minConfidence: 0.81 }, false, true],
  ["its status", { statuses: ["proposed"] }, true, false],
  ["words, case-blind", { text: "fEVER" }, true, true],
  ["other words", { text: "cough" }, false, false],
  ["a verdict is moved elsewhere", { selectorThreshold: 0.99 }, true, true],
  ["nothing was dropped", { hideDropped: true }, true, true],
  ["all together", { types: ["Sign_symptom"], polarity: ["negated"], text: "high" }, true, false],
])("%s", (_, filter, matchesFever, matchesBare) => {
  expect([matches(filter, fever), matches(filter, bare)]).toEqual([matchesFever, matchesBare]);
});

test("what a selector dropped can be hidden, unless a person decided on it", () => {
  const dropped: Entity = { ...fever, selector: { probability: 0.1, kept: false } };
  const shown = (entity: Entity) => matches({ hideDropped: true }, entity);
  expect(matches({}, dropped)).toBe(true);
  expect(shown(dropped)).toBe(false);
  expect(shown({ ...dropped, status: "accepted" })).toBe(true);
  expect(shown({ ...dropped, selector: { probability: 0.9, kept: true } })).toBe(true);
});

test("a filter is open until one member narrows", () => {
  expect(isOpenFilter({})).toBe(true);
  expect(isOpenFilter({ minConfidence: 0, text: "", types: undefined })).toBe(true);
  expect(isOpenFilter({ types: [] })).toBe(false);
  expect(isOpenFilter({ minConfidence: 0.1 })).toBe(false);
  expect(isOpenFilter({ hideDropped: false })).toBe(true);
  expect(isOpenFilter({ hideDropped: true })).toBe(false);
  expect(isOpenFilter({ selectorThreshold: 0.5 })).toBe(false);
});
