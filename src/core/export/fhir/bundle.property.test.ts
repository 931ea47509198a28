import fc from "fast-check";
import { expect, test } from "vitest";
import { anyExtraction } from "../../../../test/oracles/anyExtraction.ts";
import {
  codesOf,
  type Json,
  objectsIn,
  only,
  originOf,
  resources,
} from "../../../../test/support/bundles.ts";
import type { Entity } from "../../entity/entity.ts";
import type { Extraction } from "../../entity/extraction.ts";
import { toFhirBundle } from "./bundle.ts";

// Bundles are large; fifty of them find what a hundred would.
const runs = { numRuns: 50 };

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
