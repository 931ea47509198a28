import type { Span } from "../document/span.ts";
import { isWord } from "../document/tokens.ts";
import type { Entity } from "../entity/entity.ts";
import type { Reading } from "./reading.ts";
import { looseWordsBackward, looseWordsForward } from "./scope.ts";
import type { Trigger } from "./triggers.ts";
import { BACKWARD_REACH, dimension, type Group, groupOf, isPlain, reaches, type Value } from "./values.ts";

/** Where a trigger looks for what it speaks of. */
export type Side = "forward" | "backward";

/** Half-open token indexes. */
type Gap = { readonly from: number; readonly to: number };

/** On which side each trigger speaks: of two directions the second, where the first leads to no entity. */
export function sidesOf(reading: Reading): ReadonlyMap<Trigger, Side> {
  return new Map(reading.triggers.map((trigger) => [trigger, sideOf(reading, trigger)]));
}

function sideOf(reading: Reading, trigger: Trigger): Side {
  const { direction, sets } = trigger.rule;
  if (direction === "forward" || direction === "backward") return direction;
  const leads = (side: Side) =>
    sets.some((value) =>
      reading.entities.some((entity) => distanceTo(reading, trigger, side, entity, value) !== null),
    );
  if (direction === "backward-or-forward") return leads("backward") ? "backward" : "forward";
  // "Pneumonia: denied." but not "rash, no xanthelasma" where the model did not know the last word.
  const next = reading.tokens[trigger.to];
  return leads("forward") || (next !== undefined && isWord(next)) ? "forward" : "backward";
}

/** Tokens from the trigger to an entity on that side of it, or null where the entity is out of its scope. */
export function distanceTo(
  reading: Reading,
  trigger: Trigger,
  side: Side,
  entity: Entity,
  value: Value,
): number | null {
  const group = groupOf(entity.type) as Group;
  const reach = reachOf(trigger, side, group, value);
  const scope = { of: dimension(value), group };
  const gap = side === "forward" ? gapAfter(reading, trigger, entity) : gapBefore(reading, trigger, entity);
  if (reach === null || gap === null) return null;
  const loose =
    side === "forward"
      ? looseWordsForward(reading, gap.from, gap.to, scope, trigger.rule.commas)
      : looseWordsBackward(reading, gap.from, gap.to, scope);
  if (loose === null || loose > reach) return null;
  return reach === 0 && !isAdjacent(reading, gap.from, gap.to) ? null : gap.to - gap.from;
}

/** Loose words that the trigger may jump over to reach a member of `group`; null where it is not about that group. */
function reachOf({ rule }: Trigger, side: Side, group: Group, value: Value): number | null {
  if (rule.applies !== null && !rule.applies.includes(group)) return null;
  const usual = isPlain(value) ? Number.POSITIVE_INFINITY : reaches[value as keyof typeof reaches][group];
  // A rule that names no groups is about those that its value usually applies to.
  if (usual === undefined && rule.applies === null) return null;
  const reach = rule.reach ?? usual ?? BACKWARD_REACH;
  return side === "backward" && rule.reach === null ? Math.min(reach, BACKWARD_REACH) : reach;
}

/** The tokens between the trigger and an entity after it; an entity may begin with the words of its trigger. */
function gapAfter(reading: Reading, trigger: Trigger, entity: Entity): Gap | null {
  const words = spanOf(reading, trigger);
  if (entity.start < words.start || entity.end <= words.end) return null;
  const to = Math.max(trigger.to, firstToken(reading, entity.start));
  return to < (trigger.until ?? Number.POSITIVE_INFINITY) ? { from: trigger.to, to } : null;
}

/** The tokens between an entity and the trigger after it; an entity may end with the words of its trigger. */
function gapBefore(reading: Reading, trigger: Trigger, entity: Entity): Gap | null {
  const words = spanOf(reading, trigger);
  if (entity.start >= words.start || entity.end > words.end) return null;
  return { from: Math.min(trigger.from, firstToken(reading, entity.end)), to: trigger.from };
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
