import { listGoesOn } from "./commaLists.ts";
import { isLoose, type Reading } from "./reading.ts";
import type { Trigger } from "./triggers.ts";
import { type Dimension, dimension, type Group, isPlain } from "./values.ts";

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
    if (reading.rules.joiners.has(word)) joined = true;
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
