import { expect, test } from "vitest";
import { attributeRoles } from "../entity/entity.ts";
import { entityType } from "../entity/entityTypes.ts";
import { linkRules, parseLinkRules } from "./linkRules.ts";

const role = { role: "dosage", attribute: "Dosage", heads: [["Medication"]], limit: 8, prefers: "before" };
const languages = { en: [], zh: [] };
const file = (change: object) => ({
  roles: [role],
  separators: languages,
  glue: languages,
  coordinators: [],
  ...change,
});

test.each<[string, object, string]>([
  ["an unknown key", { rolls: [] }, 'unknown key "rolls"'],
  ["an unknown key in a role", { roles: [{ ...role, limits: 3 }] }, 'unknown key "limits"'],
  ["an unknown role", { roles: [{ ...role, role: "dose" }] }, "link.roles.role must be one of"],
  ["no limit", { roles: [{ ...role, limit: "far" }] }, "dosage.limit is no cost"],
  ["no heads", { roles: [{ ...role, heads: [] }] }, "dosage.heads must be a list"],
  ["no attribute", { roles: [{ ...role, attribute: 1 }] }, "dosage.attribute is no type"],
  ["a flag that is no truth value", { roles: [{ ...role, single: "yes" }] }, "dosage.single is neither"],
  ["an unknown way to share", { roles: [{ ...role, shares: "often" }] }, "dosage.shares must be one of"],
  ["unknown cues", { roles: [{ ...role, cues: { near: [] } }] }, 'unknown key "near"'],
  ["one type with two rules", { roles: [role, role] }, "names Dosage twice"],
  ["roles that are no list", { roles: {} }, "link.roles must be a list"],
  ["an unknown language", { glue: { fr: [] } }, 'unknown key "fr"'],
])("link rules with %s are refused", (_, change, message) => {
  expect(() => parseLinkRules(file(change))).toThrow(message);
}); // biome-ignore format: a table

test("every role has a rule, and every type in the rules exists", () => {
  expect(linkRules.roles.map((rule) => rule.role).sort()).toEqual([...attributeRoles].sort());
  const types = linkRules.roles.flatMap((rule) => [rule.attribute, ...rule.heads.flat()]);
  expect(types.filter((type) => entityType(type) === undefined)).toEqual([]);
});
