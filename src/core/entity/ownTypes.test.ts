import { expect, test } from "vitest";
import { ownTypeFault, readOwnTypes } from "./ownTypes.ts";

const device = { name: "Device", definition: "An implant or an aid." };

test("a list is read, examples or none", () => {
  const given = [device, { name: "过敏原", definition: " 引起过敏的物质。 ", examples: ["花粉", " 青霉素"] }];
  expect(readOwnTypes(JSON.stringify(given))).toEqual([
    { ...device, examples: [] },
    { name: "过敏原", definition: "引起过敏的物质。", examples: ["花粉", "青霉素"] },
  ]);
});

test("a fault is named, so that a form can show it where it is", () => {
  const type = { ...device, examples: ["stent"] };
  expect(ownTypeFault(type, ["Allergen"])).toBeNull();
  expect(ownTypeFault({ ...type, name: "My device" }, [])).toEqual({ kind: "name" });
  expect(ownTypeFault({ ...type, name: "lab-VALUE" }, [])).toEqual({ kind: "taken", by: "Lab_value" });
  expect(ownTypeFault({ ...type, name: "de-vice" }, ["Device"])).toEqual({ kind: "taken", by: "Device" });
  expect(ownTypeFault({ ...type, definition: " " }, [])).toEqual({ kind: "definition" });
  expect(ownTypeFault({ ...type, examples: ["stent", "two\nlines"] }, [])).toEqual({ kind: "examples" });
});

test.each<[string, unknown, string]>([
  ["no list", { types: [device] }, "JSON list"],
  ["an empty list", [], "JSON list"],
  ["no object", ["Device"], "type 1 is not an object"],
  ["a list for an object", [[device]], "type 1 is not an object"],
  [
    "an unknown key",
    [device, { ...device, name: "Aid", colour: "red" }],
    'type 2 has the unknown key "colour"',
  ],
  ["no name", [{ definition: "x" }], "type 1 needs a name"],
  ["a bracket", [{ ...device, name: "De[vice" }], "needs a name"],
  ["a colon", [{ ...device, name: "Device:" }], "needs a name"],
  ["a full-width colon", [{ ...device, name: "Device：" }], "needs a name"],
  ["a comma", [{ ...device, name: "A,B" }], "needs a name"],
  ["a space", [{ ...device, name: "My device" }], "needs a name"],
  ["a digit first", [{ ...device, name: "2nd" }], "needs a name"],
  ["a long name", [{ ...device, name: "D".repeat(41) }], "needs a name"],
  ["no definition", [{ name: "Device" }], "definition of Device"],
  ["an empty definition", [{ name: "Device", definition: " \n" }], "definition of Device"],
  ["a definition of two lines", [{ name: "Device", definition: "a\nb" }], "definition of Device"],
  ["a long definition", [{ name: "Device", definition: "a".repeat(501) }], "definition of Device"],
  ["examples as text", [{ ...device, examples: "stent" }], "examples of Device"],
  [
    "too many examples",
    [{ ...device, examples: Array.from({ length: 21 }, () => "stent") }],
    "examples of Device",
  ],
  ["an empty example", [{ ...device, examples: [""] }], "example of Device"],
  ["an example of another kind", [{ ...device, examples: [3] }], "example of Device"],
  ["a built-in name", [{ ...device, name: "Medication" }], "like the type Medication"],
  ["a name like a built-in one", [{ ...device, name: "lab-VALUE" }], "like the type Lab_value"],
  [
    "a name like another",
    [device, { ...device, name: "DEVICE" }],
    "The type DEVICE is named like the type Device",
  ],
  ["a name in full-width letters", [device, { ...device, name: "Ｄｅｖｉｃｅ" }], "like the type Device"],
])("refused: %s", (_, given, detail) => {
  expect(() => readOwnTypes(JSON.stringify(given))).toThrow(
    expect.objectContaining({ code: "NG-TYPES", message: expect.stringContaining(detail) }),
  );
});

test("what is no JSON is refused without quoting it", () => {
  const failure = expect.objectContaining({
    code: "NG-TYPES",
    params: { detail: "TYPES-NOT-JSON" },
  });
  for (const text of ["", "[{", "Ms Example, 54"]) expect(() => readOwnTypes(text)).toThrow(failure);
});
