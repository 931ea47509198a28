import { isWord, type Token } from "../document/tokens.ts";
import type { Entity } from "../entity/entity.ts";
import type { AssertionRules } from "./assertionRules.ts";
import type { Trigger } from "./triggers.ts";
import { type Dimension, dimension, type Group, isPlain } from "./values.ts";

/** A sentence as the rules see it. */
export type Reading = {
  readonly tokens: readonly Token[];
  readonly triggers: readonly Trigger[];
  /**
   * For each token: the group of the entity that it is part of, "described" where that entity only describes
   * others (a severity, a body part), null outside entities.
   */
  readonly partOf: readonly (Group | "described" | null)[];
  /** The entities of the sentence that rules can speak of. */
  readonly entities: readonly Entity[];
  readonly rules: AssertionRules;
};

/** Dimensions whose scope a comma can end: what is said of a family or of the past goes on through the sentence. */
const endedByComma: ReadonlySet<Dimension> = new Set(["polarity", "certainty"]);

/** Whose scope is looked at: of which dimension, and for an entity of which group. */
export type Scope = { readonly of: Dimension; readonly group: Group };

/**
 * The loose words between a trigger and an entity after it (`from`–`to` lies between them), or null where the
 * scope ends before: at a trigger of the plain value, at the bracket that encloses the trigger, or at a comma
 * after which something new is said. `commas`: the trigger runs over the commas of a list.
 */
export function looseWordsForward(
  reading: Reading,
  from: number,
  to: number,
  { of, group }: Scope,
  commas: boolean,
): number | null {
  if (isEnded(reading, from, to, of)) return null;
  let loose = 0;
  let depth = 0;
  for (let at = from; at < to; at++) {
    const word = reading.tokens[at]?.text ?? "";
    if (word === "(") depth++;
    if (word === ")" && depth-- === 0) return null;
    if (word === "," && endedByComma.has(of) && !listGoesOn(reading, at, to, commas)) return null;
    if (isLoose(reading, at, group)) loose++;
  }
  return loose;
}

/** The same for an entity before the trigger. A comma is crossed only in a list that closes with "and" or "or". */
export function looseWordsBackward(
  reading: Reading,
  from: number,
  to: number,
  { of, group }: Scope,
): number | null {
  if (isEnded(reading, from, to, of)) return null;
  let loose = 0;
  let depth = 0;
  let joined = false;
  for (let at = to - 1; at >= from; at--) {
    const word = reading.tokens[at]?.text ?? "";
    if (word === ")") depth++;
    if (word === "(" && depth-- === 0 && at < to - 1) return null;
    if (/^(?:and|or|和|及|与|或)$/.test(word)) joined = true;
    if (word === "," && (reading.rules.comma === "ends" || endedByComma.has(of))) {
      if (!joined || !isSubject(reading, from, of)) return null;
    }
    if (isLoose(reading, at, group)) loose++;
  }
  return loose;
}

/** Whether nothing has yet been said of the words before `at`: "A, B and C were absent", not "she has A, and B was absent". */
function isSubject({ tokens, triggers }: Reading, at: number, of: Dimension): boolean {
  const before = triggers.filter((trigger) => trigger.to <= at && setsPlain(trigger, of)).at(-1);
  return before === undefined || tokens[before.from]?.text === ";";
}

/** Whether a trigger that sets the plain value of the dimension stands in between: "but", "now". */
function isEnded({ triggers }: Reading, from: number, to: number, of: Dimension): boolean {
  return triggers.some((trigger) => trigger.from >= from && trigger.to <= to && setsPlain(trigger, of));
}

function setsPlain({ rule }: Trigger, of: Dimension): boolean {
  return rule.sets.some((value) => isPlain(value) && dimension(value) === of);
}

/**
 * Whether the token is a word that widens the gap: no link of a list and no part of an entity. For a problem any
 * entity may stand in between ("no severe chest pain"), for others only one of the same group, so that "no
 * ischaemia on ECG" says nothing of the ECG.
 */
function isLoose({ tokens, partOf, rules }: Reading, at: number, group: Group): boolean {
  const token = tokens[at];
  const part = partOf[at] ?? null;
  const isPart = part !== null && (group === "problem" || part === group || part === "described");
  return token !== undefined && !isPart && isWord(token) && !rules.glue.has(token.text);
}

/** Whether what follows the comma at `at`, up to and with the entity that starts at `entity`, is still the list. */
function listGoesOn(reading: Reading, at: number, entity: number, commas: boolean): boolean {
  return reading.rules.comma === "continues"
    ? !isStatement(reading, at + 1, entity)
    : isBareList(reading, at + 1, entity, commas);
}

/** English: "no rash, bowel sounds are normal" begins anew, "no rash, itching, or hives were seen" does not. */
function isStatement({ tokens, rules, partOf }: Reading, from: number, entity: number): boolean {
  if (/^(?:or|nor|and)$/.test(tokens[from]?.text ?? "")) return false;
  const end = segmentEnd(tokens, Math.max(from, entity));
  for (let at = from; at < end; at++) {
    const word = tokens[at]?.text ?? "";
    if (/^(?:or|nor|no|not|denies)$/.test(word)) return false;
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
