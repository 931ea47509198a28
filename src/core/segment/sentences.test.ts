import fc from "fast-check";
import { expect, test } from "vitest";
import type { Language } from "../document/noteDocument.ts";
import { splitPieces } from "../document/pieces.ts";
import { splitSentences } from "./sentences.ts";

function sentencesOf(text: string, language: Language = "en"): string[] {
  return splitSentences(text, language).map((span) => text.slice(span.start, span.end));
}

const noteParts = [
  "Chest pain", " for 2 days", ". ", ".", "; ", "\n", "\r\n", "\n\n", "1. ", "2. ", "- ", "Dr. Lee", " 3.5 mg", "q.d. ",
  "PLAN: ", "HEENT:", "Plan\n", "胸痛", "。", "主诉：", "【既往史】", "无发热，", "，", "\t", "\u3000", "e\u0301", ".\u0301", "😷",
  "?", "!\"", "(", ") ", "A", ":", "\u2028", "\ufeff", "\u0301",
]; // biome-ignore format: a bag of words
const notes = fc.oneof(
  fc.array(fc.constantFrom(...noteParts), { maxLength: 40 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 60 }),
);

test.each<Language>(["en", "zh"])("every piece is inside exactly one sentence (%s)", (language) => {
  fc.assert(
    fc.property(notes, (text) => {
      const sentences = splitSentences(text, language);
      let last = 0;
      for (const sentence of sentences) {
        expect(sentence.start).toBeGreaterThanOrEqual(last);
        expect(sentence.end).toBeGreaterThan(sentence.start);
        last = sentence.end;
      }
      for (const piece of splitPieces(text)) {
        const holders = sentences.filter((s) => s.start <= piece.start && piece.end <= s.end);
        expect(holders).toHaveLength(1);
      }
    }),
    { numRuns: 600 },
  );
});

test.each<[string, string, string[]]>([
  ["titles and dosing abbreviations go on", "Seen by Dr. Lee. Takes aspirin 81 mg p.o. q.d. and iron b.i.d. No. 3 was fine.",
    ["Seen by Dr. Lee.", "Takes aspirin 81 mg p.o. q.d. and iron b.i.d.", "No. 3 was fine."]],
  ["an answer is a sentence", "Smokes? No. Denies pain.", ["Smokes?", "No.", "Denies pain."]],
  ["decimals stay whole", "Temp. 38.2 and pH 7.31. Lactate 4.", ["Temp. 38.2 and pH 7.31.", "Lactate 4."]],
  ["numbered lines are items", "PLAN:\n1. Stop aspirin\n2. Repeat CT", ["PLAN:", "1. Stop aspirin", "2. Repeat CT"]],
  ["a run-on list is cut before its numbers", "DIAGNOSES: 1. Pneumonia 2. Gout 3. COPD, stage 2. Home today.",
    ["DIAGNOSES: 1. Pneumonia", "2. Gout", "3. COPD, stage 2.", "Home today."]],
  ["a number that ends a sentence is no item", "Platelets were 34. She felt well.", ["Platelets were 34.", "She felt well."]],
  ["a number after a comma is no item either", "Seen at age 12, 45. He left.", ["Seen at age 12, 45.", "He left."]],
  ["hard-wrapped lines go on",
    "The patient is a 54-year-old woman who presents with two days of\nfever, cough and pleuritic pain on the right. She denied any blood in\nher sputum. Lisinopril was stopped in March because of a dry cough and\nAmlodipine was begun.",
    ["The patient is a 54-year-old woman who presents with two days of\nfever, cough and pleuritic pain on the right.",
      "She denied any blood in\nher sputum.",
      "Lisinopril was stopped in March because of a dry cough and\nAmlodipine was begun."]],
  ["lines of a list do not", "aspirin 81 mg daily\nmetoprolol 25 mg twice daily\nLasix", ["aspirin 81 mg daily", "metoprolol 25 mg twice daily", "Lasix"]],
  ["a line that ends with \"of\" goes on", "She denies shortness of\nbreath. Fine.", ["She denies shortness of\nbreath.", "Fine."]],
  ["CRLF is one break", "No fever.\r\nNo cough\r\n\r\nStable", ["No fever.", "No cough", "Stable"]],
  ["a title in running text begins one", "He is tired ALLERGIES: None. MEDICATIONS: Iron.", ["He is tired", "ALLERGIES: None.", "MEDICATIONS: Iron."]],
  ["glued sentences part", "Lungs clear.Heart regular., 2. Biopsy taken.", ["Lungs clear.", "Heart regular.,", "2. Biopsy taken."]],
  ["a query before a diagnosis is no end", "A ? of embolism remains. ?asthma", ["A ? of embolism remains.", "?asthma"]],
  ["quotes close with their sentence", "She said \"it hurts.\" Then she left.", ["She said \"it hurts.\"", "Then she left."]],
  ["vitamin letters end", "Hepatitis C. He drinks.", ["Hepatitis C.", "He drinks."]],
  ["so do the names of germs, and dotted dosing words", "Stool for C. diff toxin. Two tablets q.4-6h. p.r.n. Rest.",
    ["Stool for C. diff toxin.", "Two tablets q.4-6h. p.r.n.", "Rest."]],
  ["e.g. goes on", "Avoid NSAIDs, e.g. ibuprofen, vs. opioids.", ["Avoid NSAIDs, e.g. ibuprofen, vs. opioids."]],
  ["nothing gives nothing", " \r\n\t", []],
])("%s", (_, text, expected) => {
  expect(sentencesOf(text)).toEqual(expected);
}); // biome-ignore format: a table

test.each<[string, string, string[]]>([
  ["full-width marks end", "胸痛2天；无发热。体温37.5℃！好转？", ["胸痛2天；", "无发热。", "体温37.5℃！", "好转？"]],
  ["titles begin one", "主诉：咳嗽。现病史：患者3天前咳嗽，无咯血。", ["主诉：咳嗽。", "现病史：患者3天前咳嗽，无咯血。"]],
  ["brackets too", "【主诉】咳嗽\n【既往史】体健", ["【主诉】咳嗽", "【既往史】体健"]],
  ["a half-width dot between Han characters ends", "停止排便.现感加重,血钾3.5mmol/l", ["停止排便.", "现感加重,血钾3.5mmol/l"]],
  ["numbered items", "诊断：\n1.肺炎\n2.高血压", ["诊断：", "1.肺炎", "2.高血压"]],
  ["wrapped lines go on",
    "患者于三天前受凉后出现咳嗽咳痰，痰为白色黏痰，量不多，伴有发\n热，体温最高三十八度五，无胸痛咯血，无盗汗乏力，自服感冒药后未\n见好转，遂来我院门诊就诊，查血常规示白细胞升高，胸片示右下肺炎\n收入院。",
    ["患者于三天前受凉后出现咳嗽咳痰，痰为白色黏痰，量不多，伴有发\n热，体温最高三十八度五，无胸痛咯血，无盗汗乏力，自服感冒药后未\n见好转，遂来我院门诊就诊，查血常规示白细胞升高，胸片示右下肺炎\n收入院。"]],
])("Chinese: %s", (_, text, expected) => {
  expect(sentencesOf(text, "zh")).toEqual(expected);
}); // biome-ignore format: a table
