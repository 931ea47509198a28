import { expect, test } from "vitest";
import { plant } from "../../../test/oracles/plant.ts";
import { mapLabels, parseLabelMap } from "./labelMap.ts";

test("Time counts as Date, and what then stands twice stands once", () => {
  const document = { name: "a", ...plant("⟦⟦noon|Time⟧|Date⟧ ⟦61|Age⟧") };
  expect(mapLabels(document)).toEqual({ name: "a", ...plant("⟦noon|Date⟧ ⟦61|Age⟧") });
});

test("a map of one's own comes on top", () => {
  const map = parseLabelMap("药物=Medication, Time=Duration,");
  const document = { name: "a", ...plant("⟦x|药物⟧ ⟦noon|Time⟧ ⟦y|Coreference⟧") };
  expect(mapLabels(document, map).mentions.map((mention) => mention.type)).toEqual([
    "Medication",
    "Duration",
    "Coreference",
  ]);
});

test("what a document was read for is named as its marks are", () => {
  const map = parseLabelMap("Chemical=Medication");
  const document = { name: "a", ...plant("none"), readFor: ["Chemical", "Drug", "Medication"] };
  expect(mapLabels(document, map).readFor).toEqual(["Medication", "Drug"]);
});

test.each(["Chemical", "=Medication", "a=b=c", "a="])("%j is no map", (words) => {
  expect(() => parseLabelMap(words)).toThrow(expect.objectContaining({ code: "NG-USAGE" }));
});
