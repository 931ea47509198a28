import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyExtraction } from "../../../../test/oracles/anyExtraction.ts";
import { affirmed, chineseNote, englishNote, familial, negated } from "../../../../test/oracles/notes.ts";
import { plantExtraction } from "../../../../test/oracles/plant.ts";
import type { Entity } from "../../entity/entity.ts";
import type { Extraction } from "../../entity/extraction.ts";
import { toFhirBundle } from "./bundle.ts";
import type { Bundle } from "./types.ts";

type Json = Record<string, unknown>;

// Bundles are large; fifty of them find what a hundred would.
const runs = { numRuns: 50 };

const resources = (bundle: Bundle, type: string): Json[] =>
  bundle.entry.map((entry) => entry.resource as Json).filter((resource) => resource.resourceType === type);

/** Every object in a value, itself included. */
function objectsIn(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (value === null || typeof value !== "object") return [];
  return [value as Json, ...Object.values(value).flatMap(objectsIn)];
}

const codesOf = (value: unknown): string[] =>
  objectsIn(value).flatMap((one) => (typeof one.code === "string" ? [one.code] : []));

/** The words to which the derivation-reference on `element` points, cut out of the note by code points. */
function originOf(bundle: Bundle, element: Json): string | undefined {
  const [note] = resources(bundle, "DocumentReference");
  const [content] = (note?.content ?? []) as { attachment: { data: string } }[];
  const characters = [...Buffer.from(content?.attachment.data ?? "", "base64").toString("utf8")];
  const extension = ((element.extension ?? []) as Json[]).find((one) =>
    String(one.url).endsWith("derivation-reference"),
  );
  const part = (url: string) => (extension?.extension as Json[] | undefined)?.find((one) => one.url === url);
  const offset = part("offset")?.valueInteger as number | undefined;
  if (offset === undefined) return undefined;
  return characters.slice(offset, offset + (part("length")?.valueInteger as number)).join("");
}

const only = <Item>(items: readonly Item[]): Item => {
  expect(items).toHaveLength(1);
  return items[0] as Item;
};

const kept = ({ entities }: Extraction): Entity[] =>
  entities.filter(({ status, selector }) =>
    status === "proposed" ? selector === null : status !== "rejected",
  );

test("every reference names an entry of the Bundle, and every id is there once", () => {
  fc.assert(
    fc.property(anyExtraction, (extraction) => {
      const bundle = toFhirBundle(extraction);
      const urls = bundle.entry.map((entry) => entry.fullUrl);
      expect(new Set(urls).size).toBe(urls.length);
      for (const { reference } of objectsIn(bundle.entry)) {
        if (typeof reference === "string") expect(urls).toContain(reference);
      }
      for (const { fullUrl, resource } of bundle.entry) expect(fullUrl).toBe(`urn:uuid:${resource.id}`);
    }),
    runs,
  );
});

test("where an element has words and an origin, the origin holds just these words", () => {
  fc.assert(
    fc.property(anyExtraction, (extraction) => {
      const bundle = toFhirBundle(extraction);
      const dosages = new Set(objectsIn(bundle).flatMap((element) => (element.dosage ?? []) as Json[]));
      let seen = 0;
      for (const element of objectsIn(bundle.entry.map((entry) => entry.resource))) {
        const words = originOf(bundle, element);
        const text = element.display ?? (element.resourceType === undefined ? element.text : undefined);
        // A Dosage's text joins the words of its parts, of which its origin is one.
        if (words === undefined || typeof text !== "string") continue;
        seen += 1;
        if (dosages.has(element)) expect(text).toContain(words);
        else expect(words).toBe(text);
      }
      const bare = kept(extraction).every((entity) => ["Sex", "Age", "Lab_value"].includes(entity.type));
      if (!bare) expect(seen).toBeGreaterThan(0);
    }),
    runs,
  );
});

test("no kept entity is lost, and no other one shows", () => {
  fc.assert(
    fc.property(anyExtraction, (extraction) => {
      const bundle = toFhirBundle(extraction);
      const shown = new Set<number>();
      for (const { url, extension } of objectsIn(bundle.entry)) {
        const offset = (extension as Json[] | undefined)?.find((part) => part.url === "offset")?.valueInteger;
        if (String(url).endsWith("derivation-reference") && typeof offset === "number") shown.add(offset);
      }
      const characters = (end: number): number => [...extraction.document.text.slice(0, end)].length;
      const expected = new Set(kept(extraction).map((entity) => characters(entity.start)));
      expect(shown).toEqual(expected);
    }),
    runs,
  );
});

test("refuted never has a clinical status; active and confirmed need a plain statement; family is never on the patient", () => {
  fc.assert(
    fc.property(anyExtraction, (extraction) => {
      const bundle = toFhirBundle(extraction);
      const byText = (text: unknown): Entity[] => kept(extraction).filter((entity) => entity.text === text);
      for (const condition of resources(bundle, "Condition")) {
        const verification = codesOf(condition.verificationStatus)[0];
        const candidates = byText((condition.code as Json).text).map((entity) => entity.assertion);
        expect(
          candidates.some((assertion) => assertion === null || assertion.experiencer === "patient"),
        ).toBe(true);
        if (verification === "refuted") expect(condition.clinicalStatus).toBeUndefined();
        if (condition.clinicalStatus || verification === "confirmed") {
          expect(candidates.some((a) => a?.polarity === "affirmed" && a.certainty === "certain")).toBe(true);
        }
      }
      for (const type of [
        "Condition",
        "Observation",
        "MedicationStatement",
        "Procedure",
        "AllergyIntolerance",
      ]) {
        for (const resource of resources(bundle, type)) {
          const named = (resource.code ?? resource.medicationCodeableConcept) as Json;
          if (typeof named.text !== "string") continue;
          const all = byText(named.text).map((entity) => entity.assertion?.experiencer ?? "patient");
          expect(all).toContain("patient");
        }
      }
    }),
    runs,
  );
});

test("the same extraction gives the same bytes, whatever the clock and the order of keys", () => {
  fc.assert(
    fc.property(anyExtraction, (extraction) => {
      const reversed = {
        ...extraction,
        run: { ...extraction.run, seconds: 99, tokensPerSecond: 1 },
        entities: extraction.entities.map(
          (entity) => Object.fromEntries(Object.entries(entity).reverse()) as Entity,
        ),
      };
      expect(JSON.stringify(toFhirBundle(reversed))).toBe(JSON.stringify(toFhirBundle(extraction)));
    }),
    runs,
  );
});

test("labels: unreviewed carries AIAST, reviewed does not and has a verifier, added has no machine behind it", () => {
  fc.assert(
    fc.property(anyExtraction, (extraction) => {
      const bundle = toFhirBundle(extraction);
      const kinds = [
        "Condition",
        "Observation",
        "MedicationStatement",
        "Procedure",
        "FamilyMemberHistory",
        "Encounter",
      ];
      for (const entry of bundle.entry.filter(({ resource }) => kinds.includes(resource.resourceType))) {
        const labels = codesOf((entry.resource.meta as Json | undefined)?.security);
        const provenances = resources(bundle, "Provenance").filter((one) =>
          (one.target as Json[]).some((target) => target.reference === entry.fullUrl && !target.extension),
        );
        const roles = codesOf((only(provenances).agent as Json[]).map((agent) => agent.type));
        const asserted = codesOf(only(provenances).reason);
        if (labels.includes("AIAST")) expect([roles, asserted]).toEqual([["author"], ["AIAST"]]);
        else if (roles.length === 2) expect([roles, asserted]).toEqual([["author", "verifier"], ["AIAST"]]);
        else expect([roles, asserted]).toEqual([["author"], []]);
        const inline = JSON.stringify(entry.resource).includes("inline-sec-label");
        expect(labels.includes("PROCESSINLINELABEL")).toBe(inline);
      }
    }),
    runs,
  );
});

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
