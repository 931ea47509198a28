import data from "#resources/fhir.json" with { type: "json" };
import type { Entity } from "../../entity/entity.ts";
import { parseDate } from "./dates.ts";
import { type Draft, type Drafting, startDraft } from "./draft.ts";
import { parseAge } from "./measurement.ts";
import { type Note, referTo } from "./note.ts";
import { isReviewed, type Reading } from "./reading.ts";
import type { CodeableConcept } from "./types.ts";
import { codeOf, coding, type SectionName } from "./vocabulary.ts";

/** A disease, or an earlier illness: https://hl7.org/fhir/R4/condition.html */
export function toCondition(
  note: Note,
  entity: Entity,
  reading: Reading,
  section: SectionName,
): Draft | null {
  const verification = verificationOf(entity, reading);
  if (verification === null) return null;
  const drafting = startDraft(note, entity);
  return drafting.finish(section, {
    resourceType: "Condition",
    ...(reading === "present" &&
      section !== "pastIllness" && { clinicalStatus: { coding: [coding("conditionClinical", "active")] } }),
    verificationStatus: { coding: [coding("conditionVerification", verification)] },
    ...(section !== "pastIllness" && {
      category: [{ coding: [coding("conditionCategory", "encounter-diagnosis")] }],
    }),
    ...severityOf(drafting),
    code: drafting.concept("code", entity),
    ...sitesOf(drafting),
    subject: referTo(note, "Patient"),
    ...onsetOf(drafting),
  });
}

/** Confirmed takes a person and a plain statement; null where a Condition would say more than the note. */
function verificationOf(entity: Entity, reading: Reading): string | null {
  switch (reading) {
    case "present":
    case "past":
      return isReviewed(entity) ? "confirmed" : "unconfirmed";
    case "undetermined":
      return "unconfirmed";
    case "uncertain":
      return "provisional";
    case "absent":
      return "refuted";
    case "hypothetical":
    case "family":
    case "aside":
      return null;
  }
}

function severityOf(drafting: Drafting): { severity?: CodeableConcept } {
  const [severity] = drafting.linked("severity");
  if (!severity) return {};
  const snomed = codeOf(data.severities, severity.text);
  return {
    severity: drafting.concept(
      "severity",
      severity,
      snomed === undefined ? undefined : coding("snomed", snomed),
    ),
  };
}

/** Body sites of a resource that may have several. */
export function sitesOf(drafting: Drafting): { bodySite?: CodeableConcept[] } {
  const sites = drafting.linked("site");
  if (sites.length === 0) return {};
  return { bodySite: sites.map((site, i) => drafting.concept(`bodySite[${i}]`, site)) };
}

/** FHIR has room for one onset: a date before an age, an age before a duration. The others stay mentions. */
function onsetOf(drafting: Drafting): Readonly<Record<string, unknown>> {
  const [date] = drafting.linked("date");
  const absolute = date && parseDate(date.text);
  if (date && absolute) return { onsetDateTime: absolute, _onsetDateTime: drafting.element("onset", date) };
  const [age] = drafting.linked("age");
  const quantity = age && parseAge(age.text);
  if (age && quantity) return { onsetAge: { ...drafting.element("onset", age), ...quantity } };
  const words = date ?? age ?? drafting.linked("duration")[0];
  return words ? { onsetString: words.text, _onsetString: drafting.element("onset", words) } : {};
}
