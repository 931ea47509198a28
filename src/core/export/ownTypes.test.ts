import { expect, test } from "vitest";
import { plantExtraction } from "../../../test/oracles/plant.ts";
import { readBrat } from "../evaluate/readBrat.ts";
import { toBrat } from "./brat.ts";
import { toCsvRows } from "./csv.ts";
import { toFhirBundle } from "./fhir/bundle.ts";
import { toHtml } from "./html.ts";
import { toJson } from "./json.ts";

const extraction = plantExtraction(
  "⟦Stent|Device⟧ for ⟦angina|Disease_disorder⟧, pollen is ⟦a trigger|过敏原⟧.",
);

test("types of a user's own stand in JSON, CSV, brat and HTML under their names", () => {
  expect(toJson(extraction).entities.map(({ type }) => type)).toEqual([
    "Device",
    "Disease_disorder",
    "过敏原",
  ]);
  expect(toCsvRows(extraction)).toContain(",Device,Stent,0,5,");
  const { ann, txt } = toBrat(extraction);
  expect(readBrat(ann, txt, "n").map(({ type }) => type)).toEqual(["Device", "Disease_disorder", "过敏原"]);
  const html = toHtml(extraction);
  for (const words of ["Own types", "Device", "过敏原"]) expect(html).toContain(words);
});

test("in FHIR they make no resource of their own and stand in the list of mentions", () => {
  const { entry } = JSON.parse(JSON.stringify(toFhirBundle(extraction))) as {
    entry: { resource: { resourceType: string } }[];
  };
  const holding = entry
    .map(({ resource }) => resource)
    .filter((resource) => JSON.stringify(resource).includes("Stent"))
    .map(({ resourceType }) => resourceType);
  expect(holding).toContain("List");
  for (const type of ["Condition", "Observation", "Procedure"]) expect(holding).not.toContain(type);
});

test("JSON tells how free replies were, and nothing of their words", () => {
  const reply = { start: 0, end: 5, text: "secret", isRepaired: true, isCutOff: true, isUnreadable: false };
  const replies = [
    { ...reply, ungrounded: 2, unknownTypes: 1 },
    { ...reply, isCutOff: false, ungrounded: 1, unknownTypes: 0 },
  ];
  const json = toJson({ ...extraction, replies });
  expect(json.run.replies).toEqual({
    replies: 2,
    repaired: 2,
    cutOff: 1,
    unreadable: 0,
    ungrounded: 3,
    unknownTypes: 1,
  });
  expect(JSON.stringify(json)).not.toContain("secret");
  expect(toJson(extraction).run).not.toHaveProperty("replies");
});
