import en from "#resources/sections.en.json" with { type: "json" };
import zh from "#resources/sections.zh.json" with { type: "json" };
import type { Language } from "../document/noteDocument.ts";
import { checkObject, checkStrings } from "../ruleData.ts";

/** What a section can be about. FHIR's Composition and the defaults of assertion hang on these names. */
export const sectionCategories = [
  "chief_complaint", "present_illness", "past_history", "medications", "allergies", "family_history",
  "social_history", "review_of_systems", "physical_exam", "vitals", "results", "imaging", "procedures",
  "hospital_course", "assessment", "plan", "discharge", "diagnoses",
] as const; // biome-ignore format: one line reads best
export type SectionCategory = (typeof sectionCategories)[number];

/** The section titles of a language. All keys are normalised titles. */
export type SectionRules = {
  /** Whole titles. */
  readonly titles: ReadonlyMap<string, SectionCategory>;
  /** Words that decide what an unlisted title in capitals is about; the first in a title wins. */
  readonly words: ReadonlyMap<string, SectionCategory>;
  /** Titles of parts of an examination or of a review of systems, such as "heent". */
  readonly parts: ReadonlySet<string>;
  /** Titles that are everyday words too: they count at the start of a line alone. */
  readonly lineOnly: ReadonlySet<string>;
};

/**
 * Reads the content of a resources/sections.*.json.
 * @throws TypeError where a key is unknown or a title stands for two categories.
 */
export function parseSectionRules(data: unknown): SectionRules {
  const root = checkObject(data, "sections", ["categories", "parts", "lineOnly"]);
  const categories = checkObject(root.categories, "sections.categories", sectionCategories);
  const titles = new Map<string, SectionCategory>();
  const words = new Map<string, SectionCategory>();
  const claim = (map: Map<string, SectionCategory>, key: string, category: SectionCategory) => {
    if (map.has(key)) throw new TypeError(`sections: "${key}" stands for two categories`);
    map.set(key, category);
  };
  for (const category of sectionCategories) {
    if (categories[category] === undefined) continue;
    const place = `sections.categories.${category}`;
    const rule = checkObject(categories[category], place, ["titles", "words"]);
    for (const title of checkStrings(rule.titles, `${place}.titles`)) claim(titles, title, category);
    for (const word of checkStrings(rule.words, `${place}.words`)) claim(words, word, category);
  }
  const parts = new Set(checkStrings(root.parts, "sections.parts"));
  for (const part of parts) {
    if (titles.has(part)) throw new TypeError(`sections: "${part}" is a part and a title`);
  }
  const lineOnly = new Set(checkStrings(root.lineOnly, "sections.lineOnly"));
  for (const title of lineOnly) {
    if (!titles.has(title)) throw new TypeError(`sections.lineOnly: "${title}" is no title`);
  }
  return { titles, words, parts, lineOnly };
}

const rules: Readonly<Record<Language, SectionRules>> = {
  en: parseSectionRules(en),
  zh: parseSectionRules(zh),
};

/** The section titles of `language`. */
export function sectionRules(language: Language): SectionRules {
  return rules[language];
}

/** A title as the rules spell it: lower case, words alone, "&" and "/" as "and"; Chinese without white space. */
export function normaliseTitle(title: string, language: Language): string {
  const bare = title.replace(/[(（][^)）]*[)）]/g, " ");
  if (language === "zh") return bare.replace(/[\s*#:：]+/g, "");
  return bare
    .toLowerCase()
    .replace(/[/&]/g, " and ")
    .replace(/['’]s?\b/g, "")
    .replace(/[^a-z]+/g, " ")
    .trim();
}
