import { sha256Hex } from "../../src/app/extractNote.ts";
import type { ModelLibrary } from "../../src/app/ports.ts";
import type { InstalledModel, ModelReport } from "../../src/contract/records.ts";
import { textMark } from "../../src/core/evaluate/learnedTexts.ts";
import { createFakeEngine } from "../../src/engine/fakeEngine.ts";

/** What the fake model "knows": words and their types, in English and Chinese. */
const lexicon: readonly (readonly [pattern: RegExp, type: string])[] = [
  [/\b(severe|mild|moderate)\b|轻度|中度|重度/gi, "Severity"],
  [/(severe |mild )?\b(chest pain|dyspnea|cough|fever|nausea|vomiting|headache|fatigue|edema|pain)\b|胸痛|发热|咳嗽|恶心|呕吐|头痛|乏力|心悸|气短/gi, "Sign_symptom"],
  [/\b(chest|abdomen|left arm|lungs?|legs?|heart)\b|心脏|腹部|双肺|胸部/gi, "Biological_structure"],
  [/\b(hypertension|diabetes|pneumonia|asthma|myocardial infarction|heart failure|hyperlipidemia)\b|高血压|糖尿病|肺炎|心肌梗死/gi, "Disease_disorder"],
  [/\b(metoprolol|aspirin|lisinopril|metformin|atorvastatin|heparin|furosemide|insulin)\b|阿司匹林|美托洛尔|二甲双胍/gi, "Medication"],
  [/\b\d+(\.\d+)? ?(mg|g|mcg|units)\b|\d+ ?毫克/gi, "Dosage"],
  [/\b(oral|intravenous|by mouth|IV|PO|subcutaneous)\b|口服|静脉/g, "Administration"],
  [/\b(once|twice|three times) (a day|daily)|\bdaily\b|\bevery \d+ hours\b|每日[一二三]?次?/gi, "Frequency"],
  [/\b(for|since) (two|three|\d+) (days|weeks|months|years)\b|\d+天|两天/gi, "Duration"],
  [/\b(ECG|electrocardiogram|chest X-ray|CT|MRI|troponin|creatinine|blood pressure|glucose)\b|心电图|胸片|血压|肌钙蛋白/gi, "Diagnostic_procedure"],
  [/\b\d{2,3}\/\d{2,3} ?mm ?Hg|\b\d+(\.\d+)? ?(mmol\/L|ng\/mL|mg\/dL|%)/g, "Lab_value"],
  [/\b(admitted|discharged|admission|discharge)\b|入院|出院/gi, "Clinical_event"],
  [/\b(appendectomy|angioplasty|catheterization|physiotherapy|stent)\b|手术|支架/gi, "Therapeutic_procedure"],
  [/\b\d{1,3}[- ]year[- ]old\b|\d{1,3}岁/g, "Age"],
  [/\b(man|woman|male|female)\b|[男女]性/gi, "Sex"],
  [/\b(father|mother|brother|sister)\b[^.\n]{0,60}|(父亲|母亲)[^。\n]{0,30}/gi, "Family_history"],
  [/\b(smoker|smoking|ex-smoker|alcohol)\b|吸烟|饮酒/gi, "History"],
  [/\b\d{4}-\d{2}-\d{2}\b|\b(today|yesterday)\b|\d{4}年\d{1,2}月\d{1,2}日/gi, "Date"],
]; // biome-ignore format: a table

/** Every word of the lexicon that stands in the text; dose inside nothing, but "severe chest pain" holds two more. */
export function fakeMentions(text: string) {
  return lexicon.flatMap(([pattern, type]) =>
    [...text.matchAll(pattern)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      type,
    })),
  );
}

const report: ModelReport = {
  fileName: "fake.gguf",
  kind: "model",
  name: "fake",
  architecture: "llama",
  parameters: 12_000_000,
  layers: 8,
  width: 256,
  vocabulary: 8192,
  contextTokens: 8192,
  quantisation: "Q8_0",
  licence: "Apache-2.0",
  fileBytes: 14_000_000,
  sha256: "f".repeat(64),
  memoryNeededBytes: 60_000_000,
  memoryAvailableBytes: 8_000_000_000,
  fitsMemory: true,
  secondsPerNote: 1,
  grounded: true,
  types: [],
  adapter: null,
};

/** An adapter with which the fake model finds drugs and doses alone. */
const adapter: InstalledModel = {
  id: "weak",
  bundled: false,
  present: true,
  fits: ["fake"],
  report: {
    ...report,
    kind: "adapter",
    name: "weak",
    fileName: "weak.gguf",
    sha256: "a".repeat(64),
    adapter: { fitsBase: true, changesOutput: true, reason: null },
  },
};

/** An adapter with which the fake model judges spans: it doubts severities, and a little what is a place. */
const selector: InstalledModel = {
  ...adapter,
  id: "selector",
  report: {
    ...adapter.report,
    name: "doubter",
    fileName: "doubter.gguf",
    sha256: "b".repeat(64),
    adapter: { fitsBase: true, changesOutput: true, reason: null, isSelector: true },
  },
};
const doubts: Readonly<Record<string, number>> = { Severity: 0.1, Biological_structure: 0.4 };

export type FakeModelsOptions = {
  /** Milliseconds of each evaluation. */
  readonly delay?: number;
  /** While true, the model stands still in what it reads, so that a test can watch, pause and cancel. */
  readonly isHeld?: () => boolean;
  /** Whether an adapter is installed too. */
  readonly withAdapter?: boolean;
  /** Whether a selector is installed too. */
  readonly withSelector?: boolean;
  /** Whether a second model is installed too, which neither of them fits. */
  readonly withOther?: boolean;
  /** Texts whose gold the adapter learned, and the model none; neither says unless told. */
  readonly learned?: readonly string[];
  /** Tokens of examples that the model takes; none unless told. */
  readonly exampleTokens?: number;
};

/** A library with one model that is no model, so that the app can be driven without one. */
export function fakeModels({
  withAdapter = false,
  withSelector = false,
  withOther = false,
  exampleTokens = 0,
  learned,
  ...options
}: FakeModelsOptions = {}): ModelLibrary {
  const model: InstalledModel = { id: "fake", bundled: true, report, present: true, fits: [] };
  const other = { ...model, id: "other", report: { ...report, name: "other", sha256: "c".repeat(64) } };
  return {
    list: async () => [
      model,
      ...(withOther ? [other] : []),
      ...(withAdapter ? [adapter] : []),
      ...(withSelector ? [selector] : []),
    ],
    onChange: () => {},
    check: async () => report,
    learnedTexts: async (id) =>
      learned ? new Set(id === adapter.id ? learned.map((text) => textMark(text, sha256Hex)) : []) : null,
    receive: async ({ totalBytes, offset, bytes }) =>
      offset + bytes.length < totalBytes ? null : "fake.gguf",
    add: async () => {},
    remove: async () => {},
    close: async () => {},
    open: async ({ adapterId }) =>
      createFakeEngine({
        tag: (text) =>
          adapterId === null
            ? fakeMentions(text)
            : fakeMentions(text).filter(({ type }) => type === "Medication" || type === "Dosage"),
        ...(adapterId === selector.id && { judge: (_, { type }) => doubts[type] ?? 0.9 }),
        profile: { windowTokens: 128, exampleTokens },
        ...options,
      }),
  };
}
