import { expect, test } from "vitest";
import en from "#resources/assertion.en.json" with { type: "json" };
import zh from "#resources/assertion.zh.json" with { type: "json" };
import { annotated } from "../../../test/support/annotated.ts";
import type { Language } from "../document/noteDocument.ts";
import { sectionCategories } from "../segment/sectionRules.ts";
import { assertAll } from "./assertAll.ts";
import { parseAssertionRules } from "./assertionRules.ts";
import { expandPhrase } from "./phrases.ts";

const rule = { id: "x.no", sets: ["negated"], direction: "forward", phrases: ["no"] };
const file = (change: object) => ({
  groups: {}, rules: [rule], sections: [], numbers: [], glue: [], joiners: [], comma: "ends", affirming: [], listEnd: [], ...change,
}); // biome-ignore format: one line reads best

test.each<[string, object, string]>([
  ["an unknown key", { rulez: [] }, 'unknown key "rulez"'],
  ["an unknown key in a rule", { rules: [{ ...rule, reech: 3 }] }, 'unknown key "reech"'],
  ["an unknown value", { rules: [{ ...rule, sets: ["absent"] }] }, "x.no.sets must be one of"],
  ["an unknown direction", { rules: [{ ...rule, direction: "up" }] }, "x.no.direction must be one of"],
  ["an unknown group of entities", { rules: [{ ...rule, applies: ["dose"] }] }, "x.no.applies must be one of"],
  ["a reach that is no count", { rules: [{ ...rule, reach: "far" }] }, "x.no.reach is no count"],
  ["commas that is no truth value", { rules: [{ ...rule, commas: 1 }] }, "x.no.commas is neither"],
  ["no phrases", { rules: [{ ...rule, phrases: [] }] }, "x.no has no phrases"],
  ["no id", { rules: [{ ...rule, id: "" }] }, "a rule has no id"],
  ["one id twice", { rules: [rule, rule] }, '"x.no" is used twice'],
  ["an unknown word group", { rules: [{ ...rule, phrases: ["{kin} has"] }] }, "unknown group"],
  ["a bracket left open", { rules: [{ ...rule, phrases: ["no [a|b"] }] }, "do not match"],
  ["a pseudo trigger that is a trigger", { rules: [rule, { ...rule, id: "x.pseudo", sets: [] }] }, '"no" is a trigger and a pseudo'],
  ["rules that are no list", { rules: {} }, "assertion.rules must be a list"],
  ["groups that are no object", { groups: null }, "assertion.groups must be an object"],
  ["an unknown way with commas", { comma: "stops" }, "assertion.comma must be one of"],
])("rules with %s are refused", (_, change, message) => {
  expect(() => parseAssertionRules(file(change))).toThrow(message);
}); // biome-ignore format: a table

test("a phrase is written out in all its spellings", () => {
  const groups = new Map([["kin", ["aunt", "uncle"]]]);
  expect(expandPhrase("[no|not [a|the]|] {kin}", groups).sort()).toEqual([
    "aunt", "no aunt", "no uncle", "not a aunt", "not a uncle", "not the aunt", "not the uncle", "uncle",
  ]); // biome-ignore format: one line reads best
});

test.each([
  ["en", en],
  ["zh", zh],
])("section defaults name real categories (%s)", (_, data) => {
  const categories: readonly string[] = sectionCategories;
  expect(
    data.sections.map((section) => section.category).filter((name) => !categories.includes(name)),
  ).toEqual([]);
});

test("the rules that decided are named, in the order of the dimensions", () => {
  const [entity] = assertAll(annotated("No family history of [stroke|Disease_disorder]."));
  expect(entity?.assertion?.rule).toBe("en.negated.no+en.family.relative");
});

test("where no rule fired none is named", () => {
  const [entity] = assertAll(annotated("She has [fever]."));
  expect(entity?.assertion?.rule).toBeNull();
});

test("nothing is asserted for a type of the user's own, nor in a language without rules", () => {
  expect(assertAll(annotated("No [pacemaker|Device]."))[0]?.assertion).toBeNull();
  const note = annotated("Keine [Schmerzen].");
  expect(assertAll({ ...note, language: "de" as Language })[0]?.assertion).toBeNull();
});

test("everything but the assertion stays as it was, in the same order", () => {
  const note = annotated("No [fever] after [5 mg|Dosage] of [iron|Medication].");
  const stripped = assertAll(note).map((entity) => ({ ...entity, assertion: null }));
  expect(stripped).toEqual(note.entities);
});
