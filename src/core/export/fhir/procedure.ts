import type { Entity } from "../../entity/entity.ts";
import { sitesOf } from "./condition.ts";
import { parseDate } from "./dates.ts";
import { type Draft, type Drafting, startDraft } from "./draft.ts";
import { type Note, referTo } from "./note.ts";
import type { Reading } from "./reading.ts";

/** Something done to the patient: https://hl7.org/fhir/R4/procedure.html */
export function toProcedure(note: Note, entity: Entity, reading: Reading): Draft | null {
  const status = statusOf(reading);
  if (status === null) return null;
  const drafting = startDraft(note, entity);
  return drafting.finish("procedures", {
    resourceType: "Procedure",
    status,
    code: drafting.concept("code", entity),
    subject: referTo(note, "Patient"),
    ...performedOf(drafting),
    ...sitesOf(drafting),
  });
}

function performedOf(drafting: Drafting): Readonly<Record<string, unknown>> {
  const [date] = drafting.linked("date");
  if (!date) return {};
  const origin = drafting.element("performed", date);
  const day = parseDate(date.text);
  return day
    ? { performedDateTime: day, _performedDateTime: origin }
    : { performedString: date.text, _performedString: origin };
}

function statusOf(reading: Reading): string | null {
  switch (reading) {
    case "present":
    case "past":
      return "completed";
    case "absent":
      return "not-done";
    case "hypothetical":
      return "preparation";
    case "undetermined":
    case "uncertain":
      return "unknown";
    case "family":
    case "aside":
      return null;
  }
}
