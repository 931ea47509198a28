import data from "#resources/fhir.json" with { type: "json" };
import type { Quantity } from "./types.ts";
import { codeOf, plainWords, systems } from "./vocabulary.ts";

/** What a quantity says of its unit: the note's words, and their UCUM code where they have one. */
export type Unit = Pick<Quantity, "unit" | "system" | "code"> & {
  /** An amount per time, such as "mg/h". */
  readonly perTime: boolean;
};

/**
 * Reads words as a unit: one of the table, or several of it under each other ("mg/kg/day", "ng per milliliter"). No
 * words are no unit, which is an answer too; null is a unit that the table does not hold.
 */
export function parseUnit(text: string): Unit | null {
  const words = text.trim();
  if (words === "") return { perTime: false };
  const parts = plainWords(words)
    .replace(/[×x*] ?10\^?(?=\d{1,2}(?!\d))/, "10*")
    .split(/ ?\/ ?| per /);
  const whole = codeOf(data.units, words) ?? codeOf(data.units, words.replaceAll(" ", ""));
  const codes = parts.map((part, i) => (part === "" && i === 0 && parts.length > 1 ? "" : codeOfPart(part)));
  if (whole === undefined && codes.includes(undefined)) return null;
  const perTime = codes
    .slice(1)
    .some((code) => code != null && /^(?:\(\d+\.)?(?:s|min|h|d|wk|mo|a)\)?$/.test(code));
  const code = whole ?? (codes.includes(null) ? undefined : codes.join("/"));
  return { unit: words, ...(code !== undefined && { system: systems.ucum, code }), perTime };
}

/** Null for a unit that has no code of its own ("units"), undefined for no unit at all. */
function codeOfPart(part: string): string | null | undefined {
  const bare = part.replaceAll(" ", "");
  const { power, count, unit } =
    /^(?:10\*(?<power>\d{1,2})|(?<count>\d{1,2})(?<unit>\p{L}+))$/u.exec(bare)?.groups ?? {};
  if (power !== undefined) return `10*${power}`;
  if (count !== undefined) {
    const code = codeOf(data.timeUnits, unit ?? "");
    return code === undefined ? undefined : `(${count}.${code})`;
  }
  if (data.unitsWithoutCode.includes(part)) return null;
  return codeOf(data.units, bare) ?? codeOf(data.timeUnits, part);
}
