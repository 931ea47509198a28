import data from "#resources/fhir.json" with { type: "json" };
import type { Entity } from "../../entity/entity.ts";
import { type Draft, startDraft } from "./draft.ts";
import { type Note, referTo } from "./note.ts";
import { coding, plainWords } from "./vocabulary.ts";

/** An illness of a relative, never on the patient: https://hl7.org/fhir/R4/familymemberhistory.html */
export function toFamilyMemberHistory(note: Note, entity: Entity): Draft {
  const drafting = startDraft(note, entity);
  return drafting.finish("family", {
    resourceType: "FamilyMemberHistory",
    status: "partial",
    patient: referTo(note, "Patient"),
    relationship: { coding: [coding("role", relativeIn(entity.text))] },
    condition: [{ code: drafting.concept("condition[0].code", entity) }],
  });
}

/** The relative whom the words name, or "family member" where they name none or several. */
function relativeIn(text: string): string {
  const words = plainWords(text);
  const has = (word: string): boolean =>
    /^\p{ASCII}+$/u.test(word) ? new RegExp(`\\b${word}\\b`).test(words) : words.includes(word);
  const named = Object.entries(data.relatives).filter(([, list]) => list.some(has));
  return named.length === 1 && named[0] ? named[0][0] : "FAMMEMB";
}
