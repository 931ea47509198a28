import data from "#resources/fhir.json" with { type: "json" };
import type { AttributeRole, Entity } from "../../entity/entity.ts";
import { parseDate } from "./dates.ts";
import { type Draft, type Drafting, startDraft } from "./draft.ts";
import { parseAge, parseMeasurement } from "./measurement.ts";
import { type Note, referTo } from "./note.ts";
import { isReviewed, type Reading } from "./reading.ts";
import type { CodeableConcept, Resource } from "./types.ts";
import { codeOf, coding, type SectionName } from "./vocabulary.ts";

/**
 * A sign, a symptom or a habit: present or not as a Boolean, since R4 says absence by no other means; undetermined
 * and uncertain ones have no value and say so. https://hl7.org/fhir/R4/observation.html
 */
export function toFinding(
  note: Note,
  entity: Entity,
  reading: Reading,
  section: SectionName,
  category: "exam" | "social-history",
): Draft | null {
  if (reading === "hypothetical" || reading === "family" || reading === "aside") return null;
  const drafting = startDraft(note, entity);
  const code = drafting.concept("code", entity);
  const [value] = reading === "absent" ? [] : drafting.linked("value");
  const stated = value === undefined ? presence(reading) : statedValue(drafting, "", value);
  return drafting.finish(
    section,
    observation(note, drafting, category, { code, ...stated, ...aspects(drafting, detailRoles) }),
  );
}

/** A test with one or more values. */
export function toMeasured(note: Note, entity: Entity, category: string | null, section: SectionName): Draft {
  const drafting = startDraft(note, entity);
  const code = drafting.concept("code", entity);
  const values = drafting.linked("value");
  const [only] = values;
  const stated =
    values.length === 1 && only
      ? { ...statedValue(drafting, "", only), ...aspects(drafting, detailRoles) }
      : aspects(drafting, detailRoles, values);
  return drafting.finish(section, observation(note, drafting, category, { code, ...stated }));
}

/** A value whose test was not found. */
export function toUnnamedValue(note: Note, entity: Entity, section: SectionName): Draft {
  const drafting = startDraft(note, entity);
  const code = { coding: [coding("absent", "unknown")] };
  return drafting.finish(
    section,
    observation(note, drafting, null, { code, ...statedValue(drafting, "", entity) }),
  );
}

/** The patient's age at the time of the note. Never a date of birth. */
export function toAge(note: Note, entity: Entity): Draft {
  const drafting = startDraft(note, entity);
  const age = parseAge(entity.text);
  const value = age
    ? { valueQuantity: { ...drafting.element("value", entity), ...age } }
    : { valueString: entity.text, _valueString: drafting.element("value", entity) };
  // LOINC 30525-0: age.
  const code = { coding: [coding("loinc", "30525-0")] };
  return drafting.finish("person", observation(note, drafting, null, { code, ...value }));
}

const detailRoles = [
  "severity",
  "site",
  "duration",
  "frequency",
  "date",
] as const satisfies readonly AttributeRole[];

type Stated = Readonly<Record<string, unknown>>;

function observation(note: Note, drafting: Drafting, category: string | null, stated: Stated): Resource {
  return {
    resourceType: "Observation",
    status: isReviewed(drafting.head) ? "final" : "preliminary",
    ...(category && { category: [{ coding: [coding("observationCategory", category)] }] }),
    subject: referTo(note, "Patient"),
    ...stated,
  };
}

function presence(reading: Reading): Stated {
  switch (reading) {
    case "present":
    case "past":
      return {
        valueBoolean: true,
        ...(reading === "past" && { note: [{ text: "The note speaks of the past." }] }),
      };
    case "absent":
      return { valueBoolean: false, interpretation: [{ coding: [coding("interpretation", "NEG")] }] };
    default:
      return { dataAbsentReason: { coding: [coding("absent", "unknown")] } };
  }
}

/** `value[x]` and what it says of itself ("negative", "elevated"); `at` is the path before it. */
function statedValue(drafting: Drafting, at: string, entity: Entity): Stated {
  const measurement = parseMeasurement(entity.text);
  const origin = drafting.element(`${at}value`, entity);
  const interpretation = codeOf(data.interpretations, entity.text);
  const value =
    measurement?.kind === "quantity"
      ? { valueQuantity: { ...origin, ...measurement.quantity } }
      : measurement?.kind === "range"
        ? { valueRange: { ...origin, ...measurement.range } }
        : { valueString: entity.text, _valueString: origin };
  return {
    ...value,
    ...(interpretation && { interpretation: [{ coding: [coding("interpretation", interpretation)] }] }),
  };
}

/** What R4 has an element for stands there once; the rest, and further values, are components named by their role. */
function aspects(
  drafting: Drafting,
  roles: readonly AttributeRole[],
  values: readonly Entity[] = [],
): Stated {
  const stated: Record<string, unknown> = {};
  const component: Stated[] = values.map((value, i) => ({
    code: { text: drafting.head.text },
    ...statedValue(drafting, `component[${i}].`, value),
  }));
  for (const role of roles) {
    for (const entity of drafting.linked(role)) {
      const date = role === "date" ? parseDate(entity.text) : null;
      if (role === "site" && !stated.bodySite)
        stated.bodySite = drafting.concept("bodySite", entity) satisfies CodeableConcept;
      else if (date && !stated.effectiveDateTime) {
        stated.effectiveDateTime = date;
        stated._effectiveDateTime = drafting.element("effective", entity);
      } else {
        const path = `component[${component.length}].value`;
        component.push({
          code: { text: role },
          valueString: entity.text,
          _valueString: drafting.element(path, entity),
        });
      }
    }
  }
  return { ...stated, ...(component.length > 0 && { component }) };
}
