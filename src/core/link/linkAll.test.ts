import fc from "fast-check";
import { expect, test } from "vitest";
import { annotated } from "../../../test/support/annotated.ts";
import type { Language } from "../document/noteDocument.ts";
import { linkAll } from "./linkAll.ts";
import { linkRules } from "./linkRules.ts";

/** "metoprolol dosage 25 mg, frequency daily; aspirin –": what is linked to each entity that describes nothing. */
function links(marked: string, language: Language = "en"): string {
  const entities = linkAll(annotated(marked, language));
  const byId = new Map(entities.map((entity) => [entity.id, entity.text]));
  return entities
    .filter((entity) => entity.attributes.length > 0)
    .map(({ text, attributes }) => {
      const roles = attributes.map(({ role, entity }) => `${role} ${byId.get(entity)}`);
      return `${text}: ${roles.join(", ")}`;
    })
    .join("; ");
}

test.each<[string, string]>([
  // Drugs
  ["[metoprolol|Medication] [25 mg|Dosage] [twice daily|Frequency] and [aspirin|Medication] [81 mg|Dosage] [daily|Frequency]",
    "metoprolol: dosage 25 mg, frequency twice daily; aspirin: dosage 81 mg, frequency daily"],
  ["[IV|Administration] [vancomycin|Medication] [1 g|Dosage] [every 12 hours|Frequency] for [7 days|Duration]",
    "vancomycin: dosage 1 g, route IV, frequency every 12 hours, duration 7 days"],
  ["[25 mg|Dosage] of [hydrocortisone|Medication] and [2 g|Dosage] of [ceftriaxone|Medication]",
    "hydrocortisone: dosage 25 mg; ceftriaxone: dosage 2 g"],
  ["[oral|Administration] [iron|Medication], [intravenous|Administration] [fluids|Medication]",
    "iron: route oral; fluids: route intravenous"],
  ["[Lasix|Medication] [40 mg|Dosage], [by mouth|Administration], [daily|Frequency]; [potassium|Medication] [20 mEq|Dosage]",
    "Lasix: dosage 40 mg, route by mouth, frequency daily; potassium: dosage 20 mEq"],
  ["[aspirin|Medication] [81 mg|Dosage] [clopidogrel|Medication] [75 mg|Dosage]", "aspirin: dosage 81 mg; clopidogrel: dosage 75 mg"],
  ["[5 mg|Dosage] [warfarin|Medication] [10 mg|Dosage] [lisinopril|Medication]", "warfarin: dosage 5 mg; lisinopril: dosage 10 mg"],
  ["[Vancomycin|Medication] and [cefepime|Medication] [IV|Administration]", "Vancomycin: route IV; cefepime: route IV"],
  ["[aspirin|Medication], [lisinopril|Medication], and [metoprolol|Medication] [25 mg|Dosage] [daily|Frequency]",
    "metoprolol: dosage 25 mg, frequency daily"],
  ["[aspirin|Medication] and [statin|Medication] [81 mg|Dosage] and [40 mg|Dosage]", "aspirin: dosage 81 mg; statin: dosage 40 mg"],
  ["A [5-day|Duration] course of [amoxicillin|Medication].", "amoxicillin: duration 5-day"],
  ["[Radiotherapy|Therapeutic_procedure] of [50 Gy|Dosage].", "Radiotherapy: dosage 50 Gy"],
  ["[Aspirin|Medication] was given. [81 mg|Dosage] is low.", ""],
  // Tests
  ["[BP|Diagnostic_procedure] [120/80|Lab_value], [HR|Diagnostic_procedure] [90|Lab_value]", "BP: value 120/80; HR: value 90"],
  ["[BP|Diagnostic_procedure] [120/80|Lab_value] [HR|Diagnostic_procedure] [90|Lab_value] [RR|Diagnostic_procedure] [18|Lab_value]",
    "BP: value 120/80; HR: value 90; RR: value 18"],
  ["[Hemoglobin|Diagnostic_procedure] of [5.7|Lab_value] and [platelet count|Diagnostic_procedure] of [34|Lab_value].",
    "Hemoglobin: value 5.7; platelet count: value 34"],
  ["[Sodium|Diagnostic_procedure] and [potassium|Diagnostic_procedure] were [140|Lab_value] and [4.1|Lab_value].",
    "Sodium: value 140; potassium: value 4.1"],
  ["[elevated|Lab_value] [creatinine|Diagnostic_procedure] and [low|Lab_value] [sodium|Diagnostic_procedure]",
    "creatinine: value elevated; sodium: value low"],
  ["[Sodium|Diagnostic_procedure], [chloride|Diagnostic_procedure] and [glucose|Diagnostic_procedure] were [normal|Lab_value].",
    "Sodium: value normal; chloride: value normal; glucose: value normal"],
  ["[ECG|Diagnostic_procedure], [troponin|Diagnostic_procedure] [0.4|Lab_value]", "troponin: value 0.4"],
  ["[CT|Diagnostic_procedure] was done, and later [lactate|Diagnostic_procedure] was found to be [4|Lab_value].", "lactate: value 4"],
  ["[elevated|Lab_value] [creatinine|Diagnostic_procedure] of [2.1|Lab_value]", "creatinine: value elevated, value 2.1"],
  ["[120/80|Lab_value] [BP|Diagnostic_procedure] [90|Lab_value] [HR|Diagnostic_procedure]", "BP: value 120/80; HR: value 90"],
  ["[Pupils|Diagnostic_procedure] were [equal|Lab_value], [round|Lab_value], and [reactive|Lab_value].",
    "Pupils: value equal, value round, value reactive"],
  ["[Prolactin|Diagnostic_procedure] ([PRL|Diagnostic_procedure]) [4408 ng/ml|Lab_value]", "Prolactin: value 4408 ng/ml"],
  ["[normal|Lab_value] [sodium|Diagnostic_procedure], [chloride|Diagnostic_procedure], and [creatinine|Diagnostic_procedure] [1.9|Lab_value]",
    "sodium: value normal; chloride: value normal; creatinine: value 1.9"],
  // Problems
  ["[severe|Severity] [headache] and [mild|Severity] [nausea]", "headache: severity severe; nausea: severity mild"],
  ["[Pain] was [severe|Severity].", "Pain: severity severe"],
  ["[pain] in the [chest|Biological_structure] and [arm|Biological_structure]", "pain: site chest, site arm"],
  ["[chest|Biological_structure] and [abdominal|Biological_structure] [pain]", "pain: site chest, site abdominal"],
  ["[CT|Diagnostic_procedure] of the [chest|Biological_structure] showed a [mass] in the [liver|Biological_structure].",
    "CT: site chest; mass: site liver"],
  ["[Fever], and the [liver|Biological_structure] was palpable.", ""],
  ["[Fever] and [chills] for [two days|Duration].", "Fever: duration two days; chills: duration two days"],
  ["[Stroke|Disease_disorder] in [2012|Date].", "Stroke: date 2012"],
  ["In [2012|Date] she had a [stroke|Disease_disorder], in [2015|Date] a [fall|Clinical_event].", "stroke: date 2012; fall: date 2015"],
  ["[Diabetes|Disease_disorder] at age [12|Age].", "Diabetes: age 12"],
  ["A [12-year-old|Age] with [diabetes|Disease_disorder].", ""],
])("%s", (marked, expected) => {
  expect(links(marked)).toBe(expected);
}); // biome-ignore format: a table

test.each<[string, string]>([
  ["[Hb|Diagnostic_procedure] [90g/L|Lab_value]，[WBC|Diagnostic_procedure] [12×10^9/L|Lab_value]", "Hb: value 90g/L; WBC: value 12×10^9/L"],
  ["予[阿司匹林|Medication][100mg|Dosage][口服|Administration]、[氯吡格雷|Medication][75mg|Dosage][口服|Administration]",
    "阿司匹林: dosage 100mg, route 口服; 氯吡格雷: dosage 75mg, route 口服"],
  ["[奥沙利铂|Medication][200mg|Dosage]+[亚叶酸钙|Medication][0.3g|Dosage]", "奥沙利铂: dosage 200mg; 亚叶酸钙: dosage 0.3g"],
  ["[咳嗽]、[咳痰][3天|Duration]", "咳嗽: duration 3天; 咳痰: duration 3天"],
  ["[右上腹|Biological_structure][剧烈|Severity][疼痛]", "疼痛: severity 剧烈, site 右上腹"],
  ["[体温|Diagnostic_procedure]：[38.5℃|Lab_value]，[脉搏|Diagnostic_procedure]：[90次/分|Lab_value]", "体温: value 38.5℃; 脉搏: value 90次/分"],
  ["[2015年|Date]行[阑尾切除术|Therapeutic_procedure]", "阑尾切除术: date 2015年"],
])("Chinese: %s", (marked, expected) => {
  expect(links(marked, "zh")).toBe(expected);
}); // biome-ignore format: a table

test("what a reader rejected takes part in no link", () => {
  const note = annotated("[aspirin|Medication] [81 mg|Dosage]");
  const entities = note.entities.map((entity) => ({
    ...entity,
    status: entity.id === "e2" ? ("rejected" as const) : entity.status,
  }));
  expect(linkAll({ ...note, entities }).flatMap((entity) => entity.attributes)).toEqual([]);
});

test("a body part inside a finding is its site", () => {
  const note = annotated("[chest pain]");
  const chest = {
    ...note.entities[0],
    id: "e2",
    type: "Biological_structure",
    text: "chest",
    end: 5,
  } as (typeof note.entities)[0];
  expect(linkAll({ ...note, entities: [...note.entities, chest] })[0]?.attributes).toEqual([
    { role: "site", entity: "e2" },
  ]);
});

test("links are made anew, and nothing else changes", () => {
  const note = annotated("[aspirin|Medication] [81 mg|Dosage]");
  const once = linkAll(note);
  expect(linkAll({ ...note, entities: once })).toEqual(once);
  expect(once.map((entity) => ({ ...entity, attributes: [] }))).toEqual(note.entities);
});

const types = [
  "Medication",
  "Dosage",
  "Frequency",
  "Diagnostic_procedure",
  "Lab_value",
  "Biological_structure",
  "Sign_symptom",
  "Duration",
];
const marks = fc
  .tuple(fc.constantFrom("a", "bb", "7", "x 7"), fc.constantFrom(...types))
  .map(([text, type]) => `[${text}|${type}]`);
const notes = fc.array(
  fc.oneof(marks, fc.constantFrom(" and ", ", ", ". ", " was ", " (", ") ", "; ", "、")),
  { maxLength: 25 },
);

test("links stay within a sentence, go from the right type to the right type, and never to the entity itself", () => {
  fc.assert(
    fc.property(notes, (parts) => {
      const note = annotated(parts.join(""));
      const linked = linkAll(note);
      const sentenceOf = (start: number) =>
        note.sentences.findIndex((s) => s.start <= start && start < s.end);
      for (const head of linked) {
        const ids = head.attributes.map((attribute) => `${attribute.role} ${attribute.entity}`);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { role, entity } of head.attributes) {
          const target = linked.find((other) => other.id === entity);
          const rule = linkRules.roles.find((candidate) => candidate.role === role);
          expect(target?.type).toBe(rule?.attribute);
          expect(rule?.heads.flat()).toContain(head.type);
          expect(sentenceOf(target?.start ?? -1)).toBe(sentenceOf(head.start));
          expect(entity).not.toBe(head.id);
        }
      }
    }),
  );
});
