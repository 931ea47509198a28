import type { Entity } from "../../entity/entity.ts";
import { assertionWords } from "../assertionWords.ts";
import type { Draft } from "./draft.ts";
import { aiAsserted } from "./labels.ts";
import { type Note, referTo } from "./note.ts";
import { isReviewed } from "./reading.ts";
import type { Resource } from "./types.ts";

/**
 * The entities that no resource holds, so that none is lost: words, place, type, and what the note says of them, but
 * nothing that could be read as a finding on the patient. https://hl7.org/fhir/R4/list.html
 */
export function toMentionList(note: Note, mentions: readonly Entity[]): Resource {
  return {
    resourceType: "List",
    ...(mentions.some((entity) => !isReviewed(entity)) && { meta: { security: [aiAsserted] } }),
    status: "current",
    mode: "snapshot",
    title: "Mentions that no other resource holds",
    subject: referTo(note, "Patient"),
    source: referTo(note, "Device"),
    entry: mentions.map((entity) => ({
      flag: { text: flagOf(entity) },
      item: { extension: note.origin(entity), display: entity.text },
    })),
  };
}

/** Whatever the resources made so far do not hold, in document order. */
export function leftOver(note: Note, held: readonly Pick<Draft, "parts">[]): Entity[] {
  const ids = new Set(held.flatMap((draft) => draft.parts.map((part) => part.entity.id)));
  return [...note.entities.values()].filter((entity) => !ids.has(entity.id));
}

/** The type, and what keeps the entity from being a plain fact of the patient. */
export function flagOf({ type, assertion }: Entity): string {
  return [type, ...assertionWords(assertion)].join(", ");
}
