import { expect, test } from "vitest";
import { affirmed, englishNote, negated } from "../../../../test/oracles/notes.ts";
import { plantExtraction } from "../../../../test/oracles/plant.ts";
import { type Json, objectsIn, only, originOf, resources } from "../../../../test/support/bundles.ts";
import { toFhirBundle } from "./bundle.ts";

test("a dose keeps its unit and a regimen its parts, each with its own origin", () => {
  const bundle = toFhirBundle(englishNote());
  const statement = only(resources(bundle, "MedicationStatement"));
  const [dosage] = statement.dosage as Json[];
  const strip = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (key, inner) => (key === "extension" ? undefined : inner));
  expect(strip(dosage)).toEqual({
    text: "25 mg orally twice daily for 7 days",
    timing: {
      repeat: {
        boundsDuration: { value: 7, unit: "days", system: "http://unitsofmeasure.org", code: "d" },
        frequency: 2,
        period: 1,
        periodUnit: "d",
      },
      code: {
        coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation", code: "BID" }],
        text: "twice daily",
      },
    },
    route: { text: "orally" },
    doseAndRate: [
      { doseQuantity: { value: 25, unit: "mg", system: "http://unitsofmeasure.org", code: "mg" } },
    ],
  });
  expect(objectsIn(dosage).flatMap((element) => originOf(bundle, element) ?? [])).toEqual([
    "for 7 days",
    "twice daily",
    "orally",
    "25 mg",
  ]);
});

test.each([
  ["5 mg/h", "rateQuantity"],
  ["1-2 tablets", "doseRange"],
])("%s is a %s", (words, element) => {
  const extraction = plantExtraction(`⟦x|Medication⟧ ⟦${words}|Dosage⟧`, {
    e1: { attributes: [{ role: "dosage", entity: "e2" }] },
  });
  const [dosage] = only(resources(toFhirBundle(extraction), "MedicationStatement")).dosage as Json[];
  expect(dosage?.doseAndRate).toEqual([{ [element]: expect.anything() }]);
});

test("a dose that cannot be counted stays in the text, with its origin on the dosage", () => {
  const extraction = plantExtraction("⟦x|Medication⟧ ⟦low dose|Dosage⟧ ⟦in courses|Duration⟧", {
    e1: { attributes: [{ role: "dosage", entity: "e2" }, { role: "duration", entity: "e3" }] },
  }); // biome-ignore format: one block reads best
  const bundle = toFhirBundle(extraction);
  const [dosage] = only(resources(bundle, "MedicationStatement")).dosage as Json[];
  expect(dosage?.text).toBe("low dose in courses");
  expect(originOf(bundle, dosage ?? {})).toBe("low dose");
  expect(dosage).not.toHaveProperty("doseAndRate");
  expect(resources(bundle, "List")).toEqual([]);
});

test("a dose that also says how often fills the timing, whose origin is the dose", () => {
  const extraction = plantExtraction("⟦x|Medication⟧ ⟦60 mg daily|Dosage⟧", {
    e1: { attributes: [{ role: "dosage", entity: "e2" }] },
  });
  const bundle = toFhirBundle(extraction);
  const [dosage] = only(resources(bundle, "MedicationStatement")).dosage as Json[];
  expect(dosage).toMatchObject({
    text: "60 mg daily",
    timing: { repeat: { frequency: 1, period: 1, periodUnit: "d" }, code: { coding: [{ code: "QD" }] } },
    doseAndRate: [{ doseQuantity: { value: 60, code: "mg" } }],
  });
  expect(originOf(bundle, dosage?.timing as Json)).toBe("60 mg daily");
});

test.each([
  [affirmed, "active"],
  [{ ...affirmed, temporality: "historical" } as const, "completed"],
  [negated, "not-taken"],
  [{ ...affirmed, certainty: "hypothetical" } as const, "intended"],
  [{ ...affirmed, certainty: "uncertain" } as const, "unknown"],
  [null, "unknown"],
])("a drug said with %j is %s", (assertion, status) => {
  const bundle = toFhirBundle(plantExtraction("⟦x|Medication⟧", { e1: { assertion } }));
  expect(only(resources(bundle, "MedicationStatement")).status).toBe(status);
});
