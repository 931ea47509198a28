import fc from "fast-check";
import { attributeRoles, type Entity, entityStatuses } from "../../src/core/entity/entity.ts";
import { entityTypes } from "../../src/core/entity/entityTypes.ts";
import type { Extraction } from "../../src/core/entity/extraction.ts";
import { plantExtraction } from "./plant.ts";

/** Extractions with every type, status, section and assertion, and links between any two entities. */
export const anyExtraction: fc.Arbitrary<Extraction> = fc
  .array(
    fc.record({
      words: fc.constantFrom(
        "severe",
        "25 mg",
        "胸痛",
        "𠮷 𠮷",
        "男",
        "woman",
        "twice daily",
        "2024-03-05",
        "61 years",
        "a & <b>",
        "7 days",
        "admitted",
        "< 5 mg/L",
      ),
      type: fc.constantFrom(...entityTypes.map((type) => type.name), "Own_type"),
      status: fc.constantFrom(...entityStatuses),
      section: fc.constantFrom(null, "allergies", "family_history", "social_history", "vitals"),
      assertion: fc.option(
        fc.record({
          polarity: fc.constantFrom("affirmed", "negated"),
          certainty: fc.constantFrom("certain", "uncertain", "hypothetical"),
          experiencer: fc.constantFrom("patient", "family", "other"),
          temporality: fc.constantFrom("current", "historical"),
          rule: fc.constant(null),
        }),
      ),
      attributes: fc.array(
        fc.record({ role: fc.constantFrom(...attributeRoles), entity: fc.nat(8).map((n) => `e${n + 1}`) }),
        { maxLength: 4 },
      ),
      dropped: fc.boolean(),
    }),
    { maxLength: 9 },
  )
  .map((planted) => {
    const extraction = plantExtraction(planted.map(({ words, type }) => `⟦${words}|${type}⟧`).join(" 🩺 "));
    const entities = extraction.entities.map((entity, i): Entity => {
      const {
        words: _,
        type: __,
        dropped,
        ...details
      } = planted[i] ?? { words: "", type: "", dropped: false };
      return {
        ...entity,
        ...(details as Partial<Entity>),
        selector: dropped ? { probability: 0.1, kept: false } : null,
      };
    });
    return { ...extraction, entities };
  });
