import fc from "fast-check";
import { expect, test } from "vitest";
import type { Language } from "../document/noteDocument.ts";
import { findSections } from "./sections.ts";

/** Category, title and the first words of each section. */
function outline(text: string, language: Language = "en"): [string | null, string][] {
  return findSections(text, language).map((s) => [s.category, text.slice(s.title.start, s.title.end)]);
}

test.each<[string, string, [string | null, string][]]>([
  ["titles before a colon, whatever their case",
    "CHIEF COMPLAINT: Cough.\nPast medical history: Gout\nmedications: iron",
    [["chief_complaint", "CHIEF COMPLAINT"], ["past_history", "Past medical history"], ["medications", "medications"]]],
  ["titles on a line of their own", "HISTORY OF PRESENT ILLNESS\n\nShe fell.\n\nASSESSMENT AND PLAN\nRest.",
    [["present_illness", "HISTORY OF PRESENT ILLNESS"], ["assessment", "ASSESSMENT AND PLAN"]]],
  ["numbered, bulleted and Markdown titles", "1. Allergies: none\n## Family History\n**Plan:** rest\nIII. Labs:\nNa 140",
    [["allergies", "Allergies"], ["family_history", "Family History"], ["plan", "Plan"], ["results", "Labs"]]],
  ["titles inside run-on text",
    "HPI: She fell.  REVIEW OF SYSTEMS: No fever, VITAL SIGNS: 36.8. Social history: Retired.",
    [["present_illness", "HPI"], ["review_of_systems", "REVIEW OF SYSTEMS"], ["vitals", "VITAL SIGNS"], ["social_history", "Social history"]]],
  ["what stands before the first title has none", "Discharge letter\nDear Dr. Lee\nDiagnosis: Gout",
    [[null, ""], ["diagnoses", "Diagnosis"]]],
  ["parts of an examination are no sections inside one", "PHYSICAL EXAM: Well.\nHEENT: Normal.\nLUNGS: Clear.\nPLAN: Rest.",
    [["physical_exam", "PHYSICAL EXAM"], ["plan", "PLAN"]]],
  ["parts of a review of systems stay in it", "REVIEW OF SYSTEMS\n• Cardiovascular: Denies pain.\nALLERGIC: Denies rash.\nRESPIRATORY: Denies cough.",
    [["review_of_systems", "REVIEW OF SYSTEMS"]]],
  ["a part without an examination opens one", "HISTORY: She fell.\nHEENT: Normal.\nLUNGS: Clear.",
    [["present_illness", "HISTORY"], ["physical_exam", "HEENT"]]],
  ["an unlisted title in capitals is read by its words, or stays unknown",
    "DETAILS OF THE PROCEDURE DONE: A cut.\nPRESENT HOME MEDICATIONS: Iron\nINSURANCE STATUS: Private",
    [["procedures", "DETAILS OF THE PROCEDURE DONE"], ["medications", "PRESENT HOME MEDICATIONS"], [null, "INSURANCE STATUS"]]],
  ["names of tests with their values are no titles", "LABS: drawn\nSODIUM: 140\nWBC: 9.1\nTroponin: negative", [["results", "LABS"]]],
  ["neither are sentences, clock times or ratios", "Patient said: I fell at 10:30. Ratio 3:1. The plan is rest.", [[null, ""]]],
  ["no title, one section", "She fell.", [[null, ""]]],
  ["CRLF", "MEDS:\r\nIron\r\nALLERGIES:\r\nNone", [["medications", "MEDS"], ["allergies", "ALLERGIES"]]],
])("%s", (_, text, expected) => {
  expect(outline(text)).toEqual(expected);
}); // biome-ignore format: a table

test.each<[string, string, [string | null, string][]]>([
  ["before a colon", "主诉：咳嗽3天\n既往史: 体健\n家族史：无特殊",
    [["chief_complaint", "主诉"], ["past_history", "既往史"], ["family_history", "家族史"]]],
  ["in brackets", "【主诉】咳嗽【现病史】3天前咳嗽\n[体格检查] 神清", [["chief_complaint", "主诉"], ["present_illness", "现病史"], ["physical_exam", "体格检查"]]],
  ["with spaces, numbers and on its own line", "一、主  诉：咳嗽\n二、现病史\n受凉后咳嗽\n3.辅助检查：血常规正常",
    [["chief_complaint", "主  诉"], ["present_illness", "现病史"], ["results", "辅助检查"]]],
  ["inside running text", "咳嗽3天。既往史：高血压。过敏史：青霉素。", [[null, ""], ["past_history", "既往史"], ["allergies", "过敏史"]]],
  ["an everyday word inside a sentence is none", "现病史：行胃镜。病理：胃癌。治疗：手术。", [["present_illness", "现病史"]]],
])("Chinese titles %s", (_, text, expected) => {
  expect(outline(text, "zh")).toEqual(expected);
}); // biome-ignore format: a table

const parts = fc.constantFrom(
  "PLAN:", "Plan", "HEENT:", "\n", "\r\n", " ", ". ", "1. ", "fever", "主诉：", "【", "】", "既往史", "。", "XXXXX:", "😷", "A", ":",
); // biome-ignore format: a bag of words

test.each<Language>(["en", "zh"])(
  "sections follow each other from the first unit to the last (%s)",
  (language) => {
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (bag) => {
        const text = bag.join("");
        let next = 0;
        for (const section of findSections(text, language)) {
          expect(section.start).toBe(next);
          expect(section.end).toBeGreaterThan(section.start);
          expect(section.title.start).toBeGreaterThanOrEqual(section.start);
          expect(section.title.end).toBeLessThanOrEqual(section.end);
          next = section.end;
        }
        expect(next).toBe(text.length);
      }),
    );
  },
);
