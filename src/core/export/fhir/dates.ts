import { NotegrainError } from "../../errors.ts";

const MONTHS = "january february march april may june july august september october november december".split(
  " ",
);
const ISO =
  /^(?<date>\d{4}-\d{2}-\d{2})(?:T(?<time>\d{2}:\d{2})(?<seconds>:\d{2}(?:\.\d+)?)?(?<zone>Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * An ISO 8601 date as a FHIR instant: the start of the day where no time is said, UTC where no zone is.
 * @throws NG-USAGE where it is none
 */
export function toInstant(date: string): string {
  const { date: day, time = "00:00", seconds = ":00", zone = "Z" } = ISO.exec(date)?.groups ?? {};
  const instant = `${day}T${time}${seconds}${zone}`;
  if (day === undefined || Number.isNaN(Date.parse(instant)) || !isDay(day)) {
    throw new NotegrainError("NG-USAGE", { detail: `"${date}" is not an ISO 8601 date such as 2026-03-14.` });
  }
  return instant;
}

/**
 * A date that the words give in full or to the month or year, as a FHIR dateTime; null for all others. Relative words
 * ("yesterday") are left alone, for the day on which a note was written is not known for sure; so are dates whose
 * day and month could be swapped.
 */
export function parseDate(text: string): string | null {
  const words = text
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/(?<=\d)(?:st|nd|rd|th)\b/g, "")
    .replaceAll(",", " ");
  const match =
    /^(?<y>\d{4})(?:[-/.年](?<m>\d{1,2})(?:[-/.月](?<d>\d{1,2})日?|月)?|年)?$/.exec(words) ??
    /^(?:(?<d>\d{1,2}) )?(?<name>[a-z]{3,9})\.? (?<y>\d{4})$/.exec(words) ??
    /^(?<name>[a-z]{3,9})\.? (?<d>\d{1,2})\s+(?<y>\d{4})$/.exec(words);
  const { y, m, d, name } = match?.groups ?? {};
  if (y === undefined || Number(y) < 1850 || Number(y) > 2100) return null;
  const month = name === undefined ? m : monthNumber(name);
  if (month === undefined) return name === undefined ? y : null;
  const yearMonth = `${y}-${month.padStart(2, "0")}`;
  const day = `${yearMonth}-${(d ?? "1").padStart(2, "0")}`;
  if (!isDay(day)) return null;
  return d === undefined ? yearMonth : day;
}

function monthNumber(name: string): string | undefined {
  const index = MONTHS.findIndex(
    (month) => month === name || month.slice(0, 3) === name || (name === "sept" && month === "september"),
  );
  return index < 0 ? undefined : String(index + 1);
}

/** Whether the calendar has this day: JavaScript takes 2026-02-30 for the second of March. */
function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
