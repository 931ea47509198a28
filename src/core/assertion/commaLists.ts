import type { Token } from "../document/tokens.ts";
import { isLoose, type Reading } from "./reading.ts";

/** Whether what follows the comma at `at`, up to and with the entity that starts at `entity`, is still the list. */
export function listGoesOn(reading: Reading, at: number, entity: number, commas: boolean): boolean {
  return reading.rules.comma === "continues"
    ? !isStatement(reading, at + 1, entity)
    : isBareList(reading, at + 1, entity, commas);
}

/** English: "no rash, bowel sounds are normal" begins anew, "no rash, itching, or hives were seen" does not. */
function isStatement(reading: Reading, from: number, entity: number): boolean {
  const { tokens, rules, partOf } = reading;
  const end = segmentEnd(tokens, Math.max(from, entity));
  for (let at = from; at < end; at++) {
    const word = tokens[at]?.text ?? "";
    if (rules.joiners.has(word) || deniesAt(reading, at)) return false;
    if (partOf[at] === null && rules.affirming.has(word)) return true;
  }
  return false;
}

/** Loose characters that may stand in an item of a Chinese list, and in the words that close it. */
const LOOSE_IN_ITEM = 2;

/**
 * Chinese: "无恶心，呕吐等不适", "否认高血压，糖尿病史" and "无发热，盗汗，无便血" are lists, "无恶心，腹痛明显" is not.
 * Every part up to the entity must be bare, and, unless the trigger runs over commas by itself, a part must close
 * the list or the next one deny again.
 */
function isBareList(reading: Reading, from: number, entity: number, commas: boolean): boolean {
  let start = from;
  let reached = false;
  let loose = 0;
  while (start < reading.tokens.length) {
    if (reading.triggers.some((trigger) => trigger.from === start)) {
      return reached && loose === 0 && deniesAt(reading, start);
    }
    const end = segmentEnd(reading.tokens, start);
    const closes = closesList(reading, start, end);
    loose += looseIn(reading, start, end);
    if (!closes && loose > LOOSE_IN_ITEM) return false;
    reached ||= entity < end;
    if (reached && (commas || closes)) return true;
    if (closes) return false;
    start = end + 1;
  }
  return false;
}

function deniesAt({ triggers }: Reading, at: number): boolean {
  return triggers.some((trigger) => trigger.from === at && trigger.rule.sets.includes("negated"));
}

function looseIn(reading: Reading, from: number, to: number): number {
  let loose = 0;
  for (let at = from; at < to; at++) if (isLoose(reading, at, "problem")) loose++;
  return loose;
}

function closesList({ tokens, rules, partOf }: Reading, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (partOf[at] !== null) continue;
    if (rules.listEnd.some((word) => word.every((part, offset) => tokens[at + offset]?.text === part)))
      return true;
  }
  return false;
}

/** The next comma, semicolon or end mark at or after `from`. */
function segmentEnd(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at < tokens.length && !/^[,;.。]$/.test(tokens[at]?.text ?? "")) at++;
  return at;
}
