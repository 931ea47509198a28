import type { Assertion } from "../entity/entity.ts";

const plain: readonly string[] = ["affirmed", "certain", "patient", "current"];

/** What an assertion says beyond a plain statement on the patient's present: "negated", "family", … */
export function assertionWords(assertion: Assertion | null): string[] {
  if (assertion === null) return [];
  const { polarity, certainty, experiencer, temporality } = assertion;
  return [polarity, certainty, experiencer, temporality].filter((word) => !plain.includes(word));
}
