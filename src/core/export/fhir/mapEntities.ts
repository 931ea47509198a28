import data from "#resources/fhir.json" with { type: "json" };
import type { Entity } from "../../entity/entity.ts";
import { toCondition } from "./condition.ts";
import type { Draft } from "./draft.ts";
import { toEncounter } from "./encounter.ts";
import { toFamilyMemberHistory } from "./familyMemberHistory.ts";
import { toAllergy, toMedicationStatement } from "./medicationStatement.ts";
import type { Note } from "./note.ts";
import { toAge, toFinding, toMeasured, toUnnamedValue } from "./observation.ts";
import { toProcedure } from "./procedure.ts";
import { readingOf } from "./reading.ts";
import { plainWords } from "./vocabulary.ts";

/**
 * The resources of a note's entities, in document order. An entity that describes another stands in that one's
 * resource; whatever has no safe place in any resource is left for the list of mentions.
 */
export function mapEntities(note: Note): Draft[] {
  const entities = [...note.entities.values()];
  const describing = new Set(
    entities.flatMap((entity) => entity.attributes.map((attribute) => attribute.entity)),
  );
  return entities.flatMap((entity) => {
    const draft = describing.has(entity.id) && describes(entity) ? null : mapEntity(note, entity);
    return draft ? [draft] : [];
  });
}

/** Types that make a resource only where nothing else claims them. */
function describes({ type }: Entity): boolean {
  return type === "Lab_value" || type === "Age";
}

/** The resource of an entity; null for types that only describe, types of a user's own, and what is set aside. */
function mapEntity(note: Note, entity: Entity): Draft | null {
  const reading = readingOf(entity);
  const underAllergies = entity.section === "allergies";
  switch (entity.type) {
    case "Disease_disorder":
      if (reading === "family") return toFamilyMemberHistory(note, entity);
      return underAllergies ? null : toCondition(note, entity, reading, "problems");
    case "Sign_symptom":
      if (reading === "family") return toFamilyMemberHistory(note, entity);
      return underAllergies ? null : toFinding(note, entity, reading, "findings", "exam");
    case "History":
      if (saysNothingWrong(entity)) return null;
      if (reading === "family") return toFamilyMemberHistory(note, entity);
      if (isHabit(entity)) return toFinding(note, entity, reading, "social", "social-history");
      return toCondition(note, entity, reading, "pastIllness");
    case "Family_history":
      if (saysNothingWrong(entity)) return null;
      return entity.assertion === null || reading === "family" || reading === "present" || reading === "past"
        ? toFamilyMemberHistory(note, entity)
        : null;
    case "Medication":
      return underAllergies ? toAllergy(note, entity, reading) : toMedicationStatement(note, entity, reading);
    case "Diagnostic_procedure":
      if (!hasValue(note, entity)) return toProcedure(note, entity, reading);
      return isOnPatient(entity) ? toMeasured(note, entity, categoryOf(entity), resultSection(entity)) : null;
    case "Lab_value":
      return isOnPatient(entity) ? toUnnamedValue(note, entity, resultSection(entity)) : null;
    case "Therapeutic_procedure":
      return toProcedure(note, entity, reading);
    case "Age":
      return isOnPatient(entity) ? toAge(note, entity) : null;
    case "Clinical_event":
      return toEncounter(note, entity, reading);
    default:
      return null;
  }
}

/** A measured value is the patient's unless the note says or suggests whose else it is, or that it was never taken. */
function isOnPatient(entity: Entity): boolean {
  const reading = readingOf(entity);
  return reading === "undetermined" || reading === "present" || reading === "past" || reading === "uncertain";
}

function hasValue(note: Note, entity: Entity): boolean {
  return entity.attributes.some(({ role, entity: id }) => role === "value" && note.entities.has(id));
}

function isHabit(entity: Entity): boolean {
  return entity.section === "social_history" || holdsOneOf(entity, data.habits);
}

/** "Previously healthy" is history, but no illness. */
function saysNothingWrong(entity: Entity): boolean {
  return holdsOneOf(entity, data.nothingWrong);
}

function holdsOneOf(entity: Entity, words: readonly string[]): boolean {
  const text = plainWords(entity.text);
  return words.some((word) => text.includes(word));
}

function categoryOf({ section }: Entity): string | null {
  return section === "vitals" ? "vital-signs" : section === "imaging" ? "imaging" : null;
}

function resultSection({ section }: Entity): "vitals" | "results" {
  return section === "vitals" ? "vitals" : "results";
}
