import data from "#resources/fhir.json" with { type: "json" };
import type { Quantity, Range } from "./types.ts";
import { parseUnit, type Unit } from "./units.ts";
import { codeOf, numberOf, plainWords, systems } from "./vocabulary.ts";

/** A value or range that a text states in full, with its unit. */
export type Measurement = (
  | { readonly kind: "quantity"; readonly quantity: Quantity }
  | { readonly kind: "range"; readonly range: Range }
) &
  Pick<Unit, "perTime">;

const NUMBER = String.raw`[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-−]?\d+(?:\.\d+)?|\.\d+|\p{L}+?(?=[\s片粒丸])`;
const COMPARATOR = Object.values(data.comparators).flat().join("|");
const MEASUREMENT = new RegExp(
  String.raw`^(?<comparator>${COMPARATOR})?\s*(?<low>${NUMBER})(?:\s*%?\s*(?:-|–|—|~|to|至)\s*(?<high>${NUMBER}))?\s*(?<unit>.*)$`,
  "iu",
);

/**
 * "25 mg", "less than 0.5 ng/mL", "1–2 tablets", "0.5g". Null where anything is left over or the unit is not known: the
 * words then stand as text, and no unit is lost or guessed.
 */
export function parseMeasurement(text: string): Measurement | null {
  const { comparator, low = "", high, unit: words = "" } = MEASUREMENT.exec(text.trim())?.groups ?? {};
  const first = numberOf(low);
  const parsed = parseUnit(words);
  if (first === undefined || !parsed) return null;
  const { perTime, ...unit } = parsed;
  if (high === undefined) {
    const sign = comparator === undefined ? undefined : codeOf(data.comparators, comparator);
    const quantity = { value: first, ...(sign && { comparator: sign as Quantity["comparator"] }), ...unit };
    return { kind: "quantity", quantity, perTime };
  }
  const last = numberOf(high);
  if (last === undefined || last < first || comparator) return null;
  return {
    kind: "range",
    range: { low: { value: first, ...unit }, high: { value: last, ...unit } },
    perTime,
  };
}

/** "7 days", "for two weeks", "10-day course", "3个月" as a quantity of time; null for anything less exact. */
export function parseDuration(text: string): Quantity | null {
  const bare = plainWords(text)
    .replace(/^(?:(?:for|x|×) |共|持续)\s*/, "")
    .replace(/ (?:course|period)$/, "");
  const match = /^(?<amount>[\d.]+|\p{L}+?)[\s-]*(?<unit>\p{L}+)$/u.exec(bare);
  const value = numberOf(match?.groups?.amount ?? "");
  const code = codeOf(data.timeUnits, match?.groups?.unit ?? "");
  if (value === undefined || value <= 0 || !code) return null;
  return { value, unit: match?.groups?.unit ?? code, system: systems.ucum, code };
}

/** "61-year-old", "age of 6 months", "61岁" as an age; null where the unit is not said. */
export function parseAge(text: string): Quantity | null {
  const bare = plainWords(text)
    .replace(/[–‐‑]/g, "-")
    .replace(/^(?:an? )?(?:aged? (?:of )?|年龄)?/, "")
    .replace(/[\s-]*(?:old|of age)$/, "")
    .replace(/y\/o$/, "yo");
  return parseDuration(bare);
}
