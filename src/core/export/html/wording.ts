import type { Entity } from "../../entity/entity.ts";
import { type EntityFamily, entityType } from "../../entity/entityTypes.ts";
import type { Language } from "../../entity/extraction.ts";
import { assertionWords } from "../assertionWords.ts";
import { words } from "./words.ts";

/** A family of the built-in types, or the types of a user's own. */
export type Family = EntityFamily | "own";

/** In the order of the report. */
export const families: readonly Family[] = ["problem", "medication", "test", "care", "person", "time", "own"];

export function familyOf(entity: Entity): Family {
  return entityType(entity.type)?.family ?? "own";
}

export function labelOf(entity: Entity, language: Language): string {
  return entityType(entity.type)?.label[language] ?? entity.type;
}

/** A word of the program ("negated", "route", "accepted") in the report's language. */
export function termOf(word: string, language: Language): string {
  return words[language].terms[word] ?? word;
}

/** What the note says beyond a plain statement on the patient's present, in the report's language. */
export function saidOf(entity: Entity, language: Language): string[] {
  return assertionWords(entity.assertion).map((word) => termOf(word, language));
}

export function confidenceOf(entity: Entity): string {
  return entity.confidence?.toFixed(2) ?? "";
}
