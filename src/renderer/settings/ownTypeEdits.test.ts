import { expect, it } from "vitest";
import { readOwnType, withOwnType, withoutOwnType } from "./ownTypeEdits.ts";

const device = { name: "Device", definition: "An implant or an aid.", examples: ["stent"] };
const allergen = { name: "Allergen", definition: "What somebody is allergic to.", examples: [] };
const some = { types: ["Age", "Device"], ownTypes: [device, allergen] };

it("adds a type that new runs look for", () => {
  expect(withOwnType({ types: ["Age"], ownTypes: [device] }, null, allergen)).toEqual({
    types: ["Age", "Allergen"],
    ownTypes: [device, allergen],
  });
});

it("changes a type in its place, wanted or not as it was", () => {
  const aid = { ...device, name: "Aid" };
  expect(withOwnType(some, "Device", aid)).toEqual({ types: ["Age", "Aid"], ownTypes: [aid, allergen] });
  const dust = { ...allergen, name: "Dust" };
  expect(withOwnType(some, "Allergen", dust)).toEqual({ types: some.types, ownTypes: [device, dust] });
});

it("removes a type from both lists", () => {
  expect(withoutOwnType(some, "Device")).toEqual({ types: ["Age"], ownTypes: [allergen] });
});

it("reads what was typed", () => {
  expect(
    readOwnType({
      name: " Medical  device ",
      definition: " An aid. ",
      examples: "stent\n\n walking stick \n",
    }),
  ).toEqual({ name: "Medical_device", definition: "An aid.", examples: ["stent", "walking stick"] });
});
