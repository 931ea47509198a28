import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { affirmed, chineseNote, englishNote, familial } from "../../../../test/oracles/notes.ts";
import { plantExtraction } from "../../../../test/oracles/plant.ts";
import { codesOf, type Json, objectsIn, only, resources } from "../../../../test/support/bundles.ts";
import type { Entity } from "../../entity/entity.ts";
import { toFhirBundle } from "./bundle.ts";

test("the note travels whole, with its hash and size", () => {
  const extraction = englishNote();
  const [content] = only(resources(toFhirBundle(extraction), "DocumentReference")).content as Json[];
  const bytes = Buffer.from(extraction.document.text, "utf8");
  expect(content?.attachment).toMatchObject({
    contentType: "text/plain; charset=utf-8",
    data: bytes.toString("base64"),
    size: bytes.length,
    hash: createHash("sha1").update(bytes).digest("base64"),
  });
});

test("the English note, resource by resource", () => {
  const bundle = toFhirBundle(englishNote());
  const summary = bundle.entry.flatMap(({ resource }) => {
    const { resourceType, status, verificationStatus, clinicalStatus, code, medicationCodeableConcept } =
      resource as Json;
    const text = ((code ?? medicationCodeableConcept) as Json | undefined)?.text;
    const said = [
      status,
      ...codesOf(verificationStatus),
      ...codesOf(clinicalStatus),
      (resource as Json).valueBoolean,
    ];
    return [[resourceType, text, ...said].filter((word) => word !== undefined).join(" | ")];
  });
  expect(summary).toMatchInlineSnapshot(`
    [
      "Composition | preliminary",
      "Patient",
      "DocumentReference | current",
      "Device",
      "Observation | preliminary",
      "Encounter | unknown",
      "Condition | left lung pneumonia | unconfirmed | active",
      "Observation | cough | preliminary | true",
      "Observation | chest pain | preliminary | false",
      "Condition | sepsis | provisional",
      "Condition | diabetes | refuted",
      "FamilyMemberHistory | partial",
      "FamilyMemberHistory | partial",
      "MedicationStatement | metoprolol | active",
      "Observation | Hemoglobin | preliminary",
      "Procedure | CT | completed",
      "Observation | preliminary",
      "Procedure | Appendectomy | completed",
      "Condition | prior stroke | unconfirmed",
      "Observation | smoker | preliminary | true",
      "AllergyIntolerance | penicillin | unconfirmed | active",
      "List | current",
      "Provenance",
    ]
  `);
});

test("what a relative has, what is only feared, and what is denied of others are never findings", () => {
  const marked = "⟦a|Disease_disorder⟧ ⟦b|Sign_symptom⟧ ⟦c|Medication⟧ ⟦d|Therapeutic_procedure⟧";
  const everywhere = (assertion: Entity["assertion"]) => ({
    e1: { assertion }, e2: { assertion }, e3: { assertion }, e4: { assertion },
  }); // biome-ignore format: one line reads best
  const types = (assertion: Entity["assertion"]): string[] =>
    toFhirBundle(plantExtraction(marked, everywhere(assertion)))
      .entry.map(({ resource }) => resource.resourceType)
      .slice(4, -1);
  expect(types(familial)).toEqual(["FamilyMemberHistory", "FamilyMemberHistory", "List"]);
  expect(types({ ...familial, polarity: "negated" })).toEqual(["List"]);
  expect(types({ ...affirmed, experiencer: "other" })).toEqual(["List"]);
  expect(types({ ...affirmed, certainty: "hypothetical" })).toEqual([
    "MedicationStatement",
    "Procedure",
    "List",
  ]);
});

test("a history of nothing wrong is no illness", () => {
  const marked =
    "⟦previously healthy|History⟧ ⟦noncontributory|Family_history⟧ ⟦体健|History⟧ ⟦stroke|History⟧";
  const bundle = toFhirBundle(plantExtraction(marked));
  expect(resources(bundle, "Condition").map((one) => (one.code as Json).text)).toEqual(["stroke"]);
  expect(resources(bundle, "FamilyMemberHistory")).toEqual([]);
  expect(only(resources(bundle, "List")).entry).toHaveLength(3);
});

test("two sexes in one note are nobody's gender; a daughter's word does not decide the patient's", () => {
  const gender = (marked: string, details = {}) =>
    only(resources(toFhirBundle(plantExtraction(marked, details)), "Patient")).gender;
  expect(gender("⟦man|Sex⟧ … ⟦male|Sex⟧")).toBe("male");
  expect(gender("⟦女|Sex⟧")).toBe("female");
  expect(gender("⟦man|Sex⟧ … ⟦woman|Sex⟧")).toBeUndefined();
  expect(gender("⟦woman|Sex⟧ … ⟦man|Sex⟧", { e2: { assertion: familial } })).toBe("female");
  expect(gender("⟦person|Sex⟧")).toBeUndefined();
});

test("an empty note is a document all the same, with the sections that a summary must have", () => {
  const bundle = toFhirBundle(plantExtraction("Nothing."));
  const sections = only(resources(bundle, "Composition")).section as Json[];
  expect(sections.map((section) => [section.title, codesOf(section.emptyReason)])).toEqual([
    ["Problems", ["unavailable"]],
    ["Medications", ["unavailable"]],
    ["Allergies", ["unavailable"]],
  ]);
});

test("codings come from the systems that were agreed on, and from no other", () => {
  const systems = new Set<string>();
  for (const extraction of [englishNote(), chineseNote()]) {
    for (const { system } of objectsIn(toFhirBundle(extraction)))
      if (typeof system === "string") systems.add(system);
  }
  expect([...systems].sort()).toMatchInlineSnapshot(`
    [
      "http://hl7.org/fhir/uv/aitransparency/CodeSystem/AIdeviceTypeCS",
      "http://loinc.org",
      "http://snomed.info/sct",
      "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
      "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification",
      "http://terminology.hl7.org/CodeSystem/condition-category",
      "http://terminology.hl7.org/CodeSystem/condition-clinical",
      "http://terminology.hl7.org/CodeSystem/condition-ver-status",
      "http://terminology.hl7.org/CodeSystem/data-absent-reason",
      "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle",
      "http://terminology.hl7.org/CodeSystem/list-empty-reason",
      "http://terminology.hl7.org/CodeSystem/observation-category",
      "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
      "http://terminology.hl7.org/CodeSystem/v3-ActCode",
      "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation",
      "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
      "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
      "http://terminology.hl7.org/CodeSystem/v3-RoleCode",
      "http://unitsofmeasure.org",
      "urn:ietf:rfc:3986",
      "urn:oid:2.16.840.1.113883.5.1063",
    ]
  `);
});
