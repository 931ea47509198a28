import en from "#resources/abbreviations.en.json" with { type: "json" };
import zh from "#resources/abbreviations.zh.json" with { type: "json" };
import type { Language } from "../document/noteDocument.ts";
import { checkObject, checkStrings } from "../ruleData.ts";

const lists = ["neverEnd", "beforeNumber", "mayEnd", "joinAfter", "joinBefore"] as const;

/** The words that decide whether a full stop or a line break ends a sentence. All in lower case, without dots. */
export type Abbreviations = {
  /** A dot after them never ends a sentence: "Dr. Lee". */
  readonly neverEnd: ReadonlySet<string>;
  /** Nor here, where a number follows: "No. 3". */
  readonly beforeNumber: ReadonlySet<string>;
  /** Here it does where a capital follows: "81 mg. Continue". */
  readonly mayEnd: ReadonlySet<string>;
  /** A line that ends with one of them goes on in the next. */
  readonly joinAfter: ReadonlySet<string>;
  /** A line that starts with one of them carries the last one on. */
  readonly joinBefore: ReadonlySet<string>;
};

/**
 * Reads the content of a resources/abbreviations.*.json.
 * @throws TypeError where a key is unknown.
 */
export function parseAbbreviations(data: unknown): Abbreviations {
  const root = checkObject(data, "abbreviations", lists);
  const read = (key: (typeof lists)[number]) => new Set(checkStrings(root[key], `abbreviations.${key}`));
  return {
    neverEnd: read("neverEnd"),
    beforeNumber: read("beforeNumber"),
    mayEnd: read("mayEnd"),
    joinAfter: read("joinAfter"),
    joinBefore: read("joinBefore"),
  };
}

const known: Readonly<Record<Language, Abbreviations>> = {
  en: parseAbbreviations(en),
  zh: parseAbbreviations(zh),
};

/** The abbreviations of `language`. */
export function abbreviations(language: Language): Abbreviations {
  return known[language];
}
