import type { Entity } from "../../entity/entity.ts";

/**
 * What a note says of an entity, as far as FHIR tells it apart. `aside` holds what has no safe place on the patient:
 * others than the patient and the family, a negation that is itself in doubt, a relative's illness that is
 * not plainly affirmed.
 */
export type Reading =
  | "undetermined"
  | "present"
  | "past"
  | "absent"
  | "uncertain"
  | "hypothetical"
  | "family"
  | "aside";

/** The one place where assertions are weighed. An undetermined entity under a heading of family history is set aside. */
export function readingOf({ assertion, section }: Pick<Entity, "assertion" | "section">): Reading {
  if (assertion === null) return section === "family_history" ? "aside" : "undetermined";
  const { polarity, certainty, experiencer, temporality } = assertion;
  const plain = polarity === "affirmed" && certainty === "certain";
  if (experiencer === "family") return plain ? "family" : "aside";
  if (experiencer === "other") return "aside";
  if (certainty === "hypothetical") return "hypothetical";
  if (polarity === "negated") return certainty === "certain" ? "absent" : "aside";
  if (!plain) return "uncertain";
  return temporality === "historical" ? "past" : "present";
}

/** Whether a person has looked at it and let it stand. */
export function isReviewed({ status }: Pick<Entity, "status">): boolean {
  return status === "accepted" || status === "edited" || status === "added";
}
