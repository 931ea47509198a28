import type { TFunction } from "i18next";
import type { Assertion } from "#core/entity/entity.ts";

/** What is unusual about how the note speaks of an entity, in words: "no", "possible", "family", "earlier". */
export function assertionWords(assertion: Assertion | null, t: TFunction): string[] {
  if (assertion === null) return [];
  const keys = [
    assertion.polarity !== "affirmed" && assertion.polarity,
    assertion.certainty !== "certain" && assertion.certainty,
    assertion.experiencer !== "patient" && assertion.experiencer,
    assertion.temporality !== "current" && assertion.temporality,
  ];
  return keys.filter((key) => key !== false).map((key) => t(`note:assertion.${key}`));
}
