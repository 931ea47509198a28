import type { Assertion } from "../../src/core/entity/entity.ts";
import type { Extraction } from "../../src/core/entity/extraction.ts";
import { type Details, plantExtraction } from "./plant.ts";

/** A plain statement on the patient's present. */
export const affirmed: Assertion = {
  polarity: "affirmed",
  certainty: "certain",
  experiencer: "patient",
  temporality: "current",
  rule: null,
};

export const negated: Assertion = { ...affirmed, polarity: "negated", rule: "planted" };
export const familial: Assertion = { ...affirmed, experiencer: "family", rule: "planted" };
export const historical: Assertion = { ...affirmed, temporality: "historical", rule: "planted" };
export const uncertain: Assertion = { ...affirmed, certainty: "uncertain", rule: "planted" };
export const hypothetical: Assertion = { ...affirmed, certainty: "hypothetical", rule: "planted" };

/** Links written as "role:id". */
function links(...pairs: readonly string[]): Pick<Details, "attributes"> {
  return {
    attributes: pairs.map((pair) => {
      const [role = "", entity = ""] = pair.split(":");
      return { role, entity } as NonNullable<Details["attributes"]>[number];
    }),
  };
}

/** An English admission note with each of the eighteen types, nested spans, and every kind of assertion. */
export function englishNote(): Extraction {
  return plantExtraction(
    "🩺 A ⟦61-year-old|Age⟧ ⟦man|Sex⟧ was ⟦admitted|Clinical_event⟧ on ⟦March 3, 2024|Date⟧ with ⟦severe|Severity⟧ " +
      "⟦⟦left lung|Biological_structure⟧ pneumonia|Disease_disorder⟧ and ⟦cough|Sign_symptom⟧ for ⟦three days|Duration⟧.\r\n" +
      "He denies ⟦chest pain|Sign_symptom⟧. Possible ⟦sepsis|Disease_disorder⟧; no ⟦diabetes|Disease_disorder⟧.\r\n" +
      "His father had ⟦gout|Disease_disorder⟧. Family: ⟦mother with breast cancer|Family_history⟧.\r\n" +
      "Takes ⟦metoprolol|Medication⟧ ⟦25 mg|Dosage⟧ ⟦orally|Administration⟧ ⟦twice daily|Frequency⟧ ⟦for 7 days|Duration⟧.\r\n" +
      "⟦Hemoglobin|Diagnostic_procedure⟧ ⟦9.1 g/dL|Lab_value⟧, ⟦CT|Diagnostic_procedure⟧ done, ⟦<5 mg/L|Lab_value⟧.\r\n" +
      "⟦Appendectomy|Therapeutic_procedure⟧ in ⟦2011|Date⟧; ⟦prior stroke|History⟧; ⟦smoker|History⟧.\r\n" +
      "Allergies: ⟦penicillin|Medication⟧. Return if ⟦fever|Sign_symptom⟧.",
    {
      e1: { assertion: affirmed },
      e2: { assertion: affirmed },
      e3: { assertion: affirmed, ...links("date:e4") },
      e6: { assertion: affirmed, section: "present_illness", ...links("severity:e5", "site:e7") },
      e8: { assertion: affirmed, ...links("duration:e9") },
      e10: { assertion: negated },
      e11: { assertion: uncertain },
      e12: { assertion: negated },
      e13: { assertion: familial },
      e14: { assertion: familial, section: "family_history" },
      e15: { assertion: affirmed, ...links("dosage:e16", "route:e17", "frequency:e18", "duration:e19") },
      e20: { assertion: affirmed, section: "results", ...links("value:e21") },
      e22: { assertion: affirmed },
      e24: { assertion: historical, ...links("date:e25") },
      e26: { assertion: historical },
      e27: { assertion: affirmed, section: "social_history" },
      e28: { assertion: affirmed, section: "allergies" },
      e29: { assertion: hypothetical },
    },
  );
}

/** A Chinese note in which nothing could be determined but one negation. */
export function chineseNote(): Extraction {
  const extraction = plantExtraction(
    "患者⟦男|Sex⟧，⟦61岁|Age⟧，𠮷先生，⟦2024年3月5日|Date⟧⟦入院|Clinical_event⟧。⟦胸痛|Sign_symptom⟧⟦2天|Duration⟧，无⟦发热|Sign_symptom⟧。\n" +
      "诊断：⟦左肺|Biological_structure⟧⟦肺炎|Disease_disorder⟧。予⟦美托洛尔|Medication⟧⟦25毫克|Dosage⟧⟦口服|Administration⟧⟦每日两次|Frequency⟧。\n" +
      "⟦体温|Diagnostic_procedure⟧⟦39.2℃|Lab_value⟧。⟦阑尾切除术|Therapeutic_procedure⟧史。",
    {
      e4: links("date:e3"),
      e5: links("duration:e6"),
      e7: { assertion: negated },
      e9: links("site:e8"),
      e10: links("dosage:e11", "route:e12", "frequency:e13"),
      e14: { section: "vitals", ...links("value:e15") },
    },
  );
  return { ...extraction, document: { ...extraction.document, language: "zh", name: "入院记录.txt" } };
}
