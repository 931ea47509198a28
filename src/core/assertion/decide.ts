import type { Span } from "../document/span.ts";
import { isWord } from "../document/tokens.ts";
import type { Assertion, Entity } from "../entity/entity.ts";
import { looseWordsBackward, looseWordsForward, type Reading } from "./scope.ts";
import type { Trigger } from "./triggers.ts";
import {
  BACKWARD_REACH,
  type Dimension,
  dimension,
  dimensions,
  type Group,
  groupOf,
  isPlain,
  plain,
  reaches,
  typeValues,
  type Value,
} from "./values.ts";

/** A value that a trigger, the section or the type offers. The smallest distance wins. */
type Offer = { readonly value: Value; readonly rule: string; readonly distance: number };

/**
 * How the sentence speaks of one of its entities. In each dimension the nearest trigger decides; where there is
 * none the section, then the type, then the plain reading. `rule` joins by "+" the ids of all rules that moved a
 * dimension off the plain reading.
 */
export function decide(reading: Reading, entity: Entity, section: string | null): Assertion {
  const group = groupOf(entity.type) as Group;
  const decided = { ...plain } as { -readonly [Key in Dimension]: Value };
  const fired: string[] = [];
  for (const of of dimensions) {
    const offer =
      nearest(reading, entity, group, of) ??
      sectionOffer(reading, section, group, of) ??
      typeOffer(entity.type, of);
    if (offer === null) continue;
    decided[of] = offer.value;
    if (!isPlain(offer.value)) fired.push(offer.rule);
  }
  const rule = fired.length === 0 ? null : [...new Set(fired)].join("+");
  return { ...(decided as Omit<Assertion, "rule">), rule };
}

function nearest(reading: Reading, entity: Entity, group: Group, of: Dimension): Offer | null {
  let best: Offer | null = null;
  for (const trigger of reading.triggers) {
    const value = trigger.rule.sets.find((candidate) => dimension(candidate) === of);
    if (value === undefined) continue;
    const distance = distanceTo(reading, trigger, entity, group, value);
    if (distance === null) continue;
    // A plain value has cut off the scopes that it ends; it outdoes nothing that remains but section and type.
    const rank = isPlain(value) ? Number.POSITIVE_INFINITY : distance;
    if (best === null || rank < best.distance) best = { value, rule: trigger.rule.id, distance: rank };
  }
  return best;
}

/** Token distance from the trigger to the entity, or null where the entity is out of its scope. */
function distanceTo(
  reading: Reading,
  trigger: Trigger,
  entity: Entity,
  group: Group,
  value: Value,
): number | null {
  return sideOf(reading, trigger, value) === "forward"
    ? forward(reading, trigger, entity, group, value)
    : backward(reading, trigger, entity, group, value);
}

/** Loose words that the trigger may jump over to reach a member of `group`; null where it is not about that group. */
function reachOf({ rule }: Trigger, group: Group, value: Value): number | null {
  if (rule.applies !== null && !rule.applies.includes(group)) return null;
  if (isPlain(value)) return rule.reach ?? Number.POSITIVE_INFINITY;
  const usual = reaches[value as keyof typeof reaches][group];
  if (rule.reach !== null) return rule.applies === null && usual === undefined ? null : rule.reach;
  return usual ?? (rule.applies === null ? null : BACKWARD_REACH);
}

/** On which side the trigger speaks: of two directions the second, where the first leads to no entity. */
function sideOf(reading: Reading, trigger: Trigger, value: Value): "forward" | "backward" {
  const { direction } = trigger.rule;
  if (direction === "forward" || direction === "backward") return direction;
  const leads = (way: typeof forward) =>
    reading.entities.some(
      (entity) => way(reading, trigger, entity, groupOf(entity.type) as Group, value) !== null,
    );
  if (direction === "backward-or-forward") return leads(backward) ? "backward" : "forward";
  // "Pneumonia: denied." but not "rash, no xanthelasma" where the model did not know the last word.
  const next = reading.tokens[trigger.to];
  return leads(forward) || (next !== undefined && isWord(next)) ? "forward" : "backward";
}

function forward(
  reading: Reading,
  trigger: Trigger,
  entity: Entity,
  group: Group,
  value: Value,
): number | null {
  const words = spanOf(reading, trigger);
  if (entity.start < words.start || entity.end <= words.end) return null;
  const reach = reachOf(trigger, group, value);
  const to = Math.max(trigger.to, firstToken(reading, entity.start));
  if (to >= (trigger.until ?? Number.POSITIVE_INFINITY)) return null;
  const loose = looseWordsForward(
    reading,
    trigger.to,
    to,
    { of: dimension(value), group },
    trigger.rule.commas,
  );
  if (reach === null || loose === null || loose > reach) return null;
  return reach === 0 && !isAdjacent(reading, trigger.to, to) ? null : to - trigger.to;
}

function backward(
  reading: Reading,
  trigger: Trigger,
  entity: Entity,
  group: Group,
  value: Value,
): number | null {
  const words = spanOf(reading, trigger);
  if (entity.start >= words.start || entity.end > words.end) return null;
  const reach = Math.min(reachOf(trigger, group, value) ?? -1, trigger.rule.reach ?? BACKWARD_REACH);
  const from = Math.min(trigger.from, firstToken(reading, entity.end));
  const loose = looseWordsBackward(reading, from, trigger.from, { of: dimension(value), group });
  if (loose === null || loose > reach) return null;
  return reach === 0 && !isAdjacent(reading, from, trigger.from) ? null : trigger.from - from;
}

/** A reach of 0 crosses not even a list: "gout, ?asthma" leaves the gout alone. Quotes and a colon may stand in between. */
function isAdjacent({ tokens }: Reading, from: number, to: number): boolean {
  return tokens.slice(from, to).every((token) => /^["'“”:-]$/.test(token.text));
}

function spanOf({ tokens }: Reading, trigger: Trigger): Span {
  return { start: tokens[trigger.from]?.start ?? 0, end: tokens[trigger.to - 1]?.end ?? 0 };
}

/** The index of the first token that ends after `offset`. */
function firstToken({ tokens }: Reading, offset: number): number {
  const index = tokens.findIndex((token) => token.end > offset);
  return index === -1 ? tokens.length : index;
}

function sectionOffer(reading: Reading, section: string | null, group: Group, of: Dimension): Offer | null {
  const rule = section === null ? undefined : reading.rules.sections.get(section);
  const value = rule?.sets.find((candidate) => dimension(candidate) === of);
  if (rule === undefined || value === undefined || !rule.applies.includes(group)) return null;
  return { value, rule: rule.id, distance: 0 };
}

function typeOffer(type: string, of: Dimension): Offer | null {
  const own = typeValues[type];
  return own !== undefined && dimension(own.value) === of ? { ...own, distance: 0 } : null;
}
