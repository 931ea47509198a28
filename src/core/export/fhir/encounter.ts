import data from "#resources/fhir.json" with { type: "json" };
import type { Entity } from "../../entity/entity.ts";
import { parseDate } from "./dates.ts";
import { type Draft, startDraft } from "./draft.ts";
import { type Note, referTo } from "./note.ts";
import type { Reading } from "./reading.ts";
import { codeOf, coding } from "./vocabulary.ts";

/**
 * An admission, an emergency or a visit, where the words are clearly one; null for every other event, which stays a
 * mention. https://hl7.org/fhir/R4/encounter.html
 */
export function toEncounter(note: Note, entity: Entity, reading: Reading): Draft | null {
  const kind = codeOf(data.encounters, entity.text);
  const status = statusOf(reading);
  if (kind === undefined || status === null) return null;
  const drafting = startDraft(note, entity);
  const [date] = drafting.linked("date");
  const day = date && parseDate(date.text);
  return drafting.finish("encounters", {
    resourceType: "Encounter",
    status,
    class: coding("actCode", kind),
    type: [drafting.concept("type[0]", entity)],
    subject: referTo(note, "Patient"),
    ...(date && day && { period: { ...drafting.element("period", date), start: day } }),
  });
}

/** Whether an encounter has ended is not for a reader of words to say, unless the note tells of the past. */
function statusOf(reading: Reading): string | null {
  switch (reading) {
    case "past":
      return "finished";
    case "hypothetical":
      return "planned";
    case "present":
    case "undetermined":
      return "unknown";
    default:
      return null;
  }
}
