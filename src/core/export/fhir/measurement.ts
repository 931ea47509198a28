import data from "#resources/fhir.json" with { type: "json" };
import type { Quantity, Range } from "./types.ts";
import { codeOf, numberOf, plainWords, systems } from "./vocabulary.ts";

/** A value or range that a text states in full, with its unit. */
export type Measurement =
  | { readonly kind: "quantity"; readonly quantity: Quantity }
  | { readonly kind: "range"; readonly range: Range };

const NUMBER = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+|\p{L}+?(?=[\s片粒丸])`;
const MEASUREMENT = new RegExp(
  String.raw`^(?<comparator><=|>=|<|>|≤|≥)?\s*(?<low>${NUMBER})(?:\s*(?:-|–|—|~|to|至)\s*(?<high>${NUMBER}))?\s*(?<unit>.*)$`,
  "iu",
);
const COMPARATORS = { "<": "<", ">": ">", "<=": "<=", ">=": ">=", "≤": "<=", "≥": ">=" } as const;

/**
 * "25 mg", "<0.5 ng/mL", "1–2 tablets", "0.5g". Null where anything is left over or the unit is not known: the words
 * then stand as text, and no unit is lost or guessed.
 */
export function parseMeasurement(text: string): Measurement | null {
  const { comparator, low = "", high, unit = "" } = MEASUREMENT.exec(text.trim())?.groups ?? {};
  const first = numberOf(low);
  if (first === undefined) return null;
  const measure = unitOf(unit);
  if (!measure) return null;
  if (high === undefined) {
    const sign = comparator && COMPARATORS[comparator as keyof typeof COMPARATORS];
    return { kind: "quantity", quantity: { value: first, ...(sign && { comparator: sign }), ...measure } };
  }
  const last = numberOf(high);
  if (last === undefined || last < first || comparator) return null;
  return { kind: "range", range: { low: { value: first, ...measure }, high: { value: last, ...measure } } };
}

/** "7 days", "for two weeks", "3个月" as a quantity of time with its UCUM code; null for anything less exact. */
export function parseDuration(text: string): Quantity | null {
  const bare = plainWords(text).replace(/^(?:for|x|×|共|持续)\s*/, "");
  const match = /^(?<amount>[\d.]+|\p{L}+?)[\s-]*(?<unit>\p{L}+)$/u.exec(bare);
  const value = numberOf(match?.groups?.amount ?? "");
  const code = codeOf(data.timeUnits, match?.groups?.unit ?? "");
  if (value === undefined || value <= 0 || !code) return null;
  return { value, unit: match?.groups?.unit ?? code, system: systems.ucum, code };
}

/** "61-year-old", "6 months", "61岁" as an age; null where the unit is not said. */
export function parseAge(text: string): Quantity | null {
  const bare = plainWords(text)
    .replace(/^(?:aged?|年龄)\s*/, "")
    .replace(/[\s-]*old$/, "");
  return parseDuration(bare.replace(/y\/o$/, "yo"));
}

type Unit = Pick<Quantity, "unit" | "system" | "code">;

/** No unit at all is an answer too; null is a unit that the table does not hold. */
function unitOf(text: string): Unit | null {
  const words = text.trim();
  if (words === "") return {};
  const bare = plainWords(words)
    .replace(/^[×x*]\s*(?=10)/, "")
    .replaceAll(" ", "");
  const code = codeOf(data.units, bare) ?? codeOf(data.units, words);
  if (code !== undefined) return { unit: words, system: systems.ucum, code };
  return data.unitsWithoutCode.includes(plainWords(words)) ? { unit: words } : null;
}
