import data from "#resources/fhir.json" with { type: "json" };
import type { Coding } from "./types.ts";

/** A section of the Composition; its title and code stand in resources/fhir.json. */
export type SectionName = keyof typeof data.sections;

/** The code systems that the export names. Codes come from resources/fhir.json or stand beside their use, never from a model. */
export const systems = {
  actCode: "http://terminology.hl7.org/CodeSystem/v3-ActCode",
  absent: "http://terminology.hl7.org/CodeSystem/data-absent-reason",
  allergyClinical: "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
  allergyVerification: "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification",
  conditionCategory: "http://terminology.hl7.org/CodeSystem/condition-category",
  conditionClinical: "http://terminology.hl7.org/CodeSystem/condition-clinical",
  conditionVerification: "http://terminology.hl7.org/CodeSystem/condition-ver-status",
  device: "http://hl7.org/fhir/uv/aitransparency/CodeSystem/AIdeviceTypeCS",
  emptyReason: "http://terminology.hl7.org/CodeSystem/list-empty-reason",
  gts: "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation",
  interpretation: "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
  lifecycle: "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle",
  loinc: "http://loinc.org",
  observationCategory: "http://terminology.hl7.org/CodeSystem/observation-category",
  observationValue: "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
  participant: "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
  role: "http://terminology.hl7.org/CodeSystem/v3-RoleCode",
  snomed: "http://snomed.info/sct",
  ucum: "http://unitsofmeasure.org",
} as const;

/** A code of one of those systems. No display: the systems' own names change with their versions. */
export function coding(system: keyof typeof systems, code: string): Coding {
  return { system: systems[system], code };
}

/** Lists of words by the code that they stand for. */
type WordLists = Readonly<Record<string, readonly string[]>>;

const codesByWord = new WeakMap<WordLists, ReadonlyMap<string, string>>();

/** The code whose list of words holds `text`, ignoring case, width and the dots of abbreviations. */
export function codeOf(lists: WordLists, text: string): string | undefined {
  let codes = codesByWord.get(lists);
  if (!codes) {
    codes = new Map(
      Object.entries(lists).flatMap(([code, words]) =>
        words.map((word) => [plainWords(word), code] as const),
      ),
    );
    codesByWord.set(lists, codes);
  }
  return codes.get(plainWords(text));
}

/** Lower case, half width, single spaces, no full stops ("b.i.d." is "bid"). */
export function plainWords(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\.(?!\d)/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** What a word or a numeral counts; undefined for anything else. */
export function numberOf(text: string): number | undefined {
  const digits = text.replace("−", "-");
  if (/^(?:-?\d+(?:\.\d+)?|\.\d+)$/.test(digits)) return Number(digits);
  if (/^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(digits)) return Number(digits.replaceAll(",", ""));
  const word = codeOf(data.numbers, text);
  return word === undefined ? undefined : Number(word);
}
