import { expect, test } from "vitest";
import { entityTypes } from "#core/entity/entityTypes.ts";
import { typeLetters, typeStyle } from "./typeStyle.ts";

const names = entityTypes.map((type) => type.name);

test("two types never look alike: the same hue has different strokes", () => {
  const looks = names.map((name) => `${typeStyle(name).family} ${typeStyle(name).stroke}`);
  expect(new Set(looks).size).toBe(names.length);
});

test("each type has a letter of its own, also those that a user adds", () => {
  const letters = [...typeLetters([...names, "Device", "Allergen"]).values()];
  expect(letters).not.toContain("");
  expect(new Set(letters).size).toBe(names.length + 2);
});
