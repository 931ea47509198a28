import type { Entity } from "../../entity/entity.ts";
import { parseDate } from "./dates.ts";
import { dosagesOf } from "./dosage.ts";
import { type Draft, startDraft } from "./draft.ts";
import { type Note, referTo } from "./note.ts";
import { isReviewed, type Reading } from "./reading.ts";
import { coding } from "./vocabulary.ts";

/** A drug with how it is taken: https://hl7.org/fhir/R4/medicationstatement.html */
export function toMedicationStatement(note: Note, entity: Entity, reading: Reading): Draft | null {
  const status = statusOf(reading);
  if (status === null) return null;
  const drafting = startDraft(note, entity);
  const [date] = drafting.linked("date");
  const day = date && parseDate(date.text);
  const medicationCodeableConcept = drafting.concept("medication", entity);
  return drafting.finish("medications", {
    resourceType: "MedicationStatement",
    status,
    medicationCodeableConcept,
    subject: referTo(note, "Patient"),
    ...(date && day
      ? { effectiveDateTime: day, _effectiveDateTime: drafting.element("effective", date) }
      : // The International Patient Summary wants an effective time, or a word on why there is none.
        { _effectiveDateTime: { extension: [dataAbsent] } }),
    ...dosagesOf(drafting),
  });
}

/** A drug under a heading of allergies is no treatment. Only a plain statement can be told, for R4 asks for a clinical status. */
export function toAllergy(note: Note, entity: Entity, reading: Reading): Draft | null {
  if (reading !== "present" && reading !== "past") return null;
  const drafting = startDraft(note, entity);
  return drafting.finish("allergies", {
    resourceType: "AllergyIntolerance",
    clinicalStatus: { coding: [coding("allergyClinical", "active")] },
    verificationStatus: {
      coding: [coding("allergyVerification", isReviewed(entity) ? "confirmed" : "unconfirmed")],
    },
    code: drafting.concept("code", entity),
    patient: referTo(note, "Patient"),
  });
}

const dataAbsent = {
  url: "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
  valueCode: "unknown",
} as const;

function statusOf(reading: Reading): string | null {
  switch (reading) {
    case "present":
      return "active";
    case "past":
      return "completed";
    case "absent":
      return "not-taken";
    case "hypothetical":
      return "intended";
    case "undetermined":
    case "uncertain":
      return "unknown";
    case "family":
    case "aside":
      return null;
  }
}
