import { expect, it } from "vitest";
import { isReserved } from "./chord.ts";
import { keyCatalogue } from "./keyCatalogue.ts";
import { clashOf, keysOf } from "./keyMap.ts";

it("has every action once", () => {
  const ids = keyCatalogue.map((definition) => definition.id);
  expect(ids).toContain("app.palette");
  expect(ids).toContain("cases.next");
  expect(new Set(ids).size).toBe(ids.length);
});

it("has no two actions on one key", () => {
  const clashes = keyCatalogue.flatMap((definition) =>
    keysOf(definition, {}).map((key) => [definition.id, clashOf(keyCatalogue, {}, definition.id, key)?.id]),
  );
  expect(clashes.filter(([, other]) => other !== undefined)).toEqual([]);
});

it("takes no key that browser or system need", () => {
  const taken = keyCatalogue.flatMap((definition) => [definition.key].filter(isReserved));
  expect(taken).toEqual([]);
});

it("uses only chords with Mod while the user types", () => {
  const bare = keyCatalogue.filter(
    (definition) => definition.whileTyping === true && !definition.key.startsWith("Mod+"),
  );
  expect(bare).toEqual([]);
});
