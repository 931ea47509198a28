import type { Assertion, Entity } from "../entity/entity.ts";
import { distanceTo, type Side } from "./distance.ts";
import type { Reading } from "./reading.ts";
import type { Trigger } from "./triggers.ts";
import {
  type Dimension,
  dimension,
  dimensions,
  type Group,
  groupOf,
  isPlain,
  plain,
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
export function decide(
  reading: Reading,
  sides: ReadonlyMap<Trigger, Side>,
  entity: Entity,
  section: string | null,
): Assertion {
  const group = groupOf(entity.type) as Group;
  const decided = { ...plain } as { -readonly [Key in Dimension]: Value };
  const fired: string[] = [];
  for (const of of dimensions) {
    const offer =
      nearest(sides, reading, entity, of) ??
      sectionOffer(reading, section, group, of) ??
      typeOffer(entity.type, of);
    if (offer === null) continue;
    decided[of] = offer.value;
    if (!isPlain(offer.value)) fired.push(offer.rule);
  }
  const rule = fired.length === 0 ? null : [...new Set(fired)].join("+");
  return { ...(decided as Omit<Assertion, "rule">), rule };
}

function nearest(
  sides: ReadonlyMap<Trigger, Side>,
  reading: Reading,
  entity: Entity,
  of: Dimension,
): Offer | null {
  let best: Offer | null = null;
  for (const [trigger, side] of sides) {
    const value = trigger.rule.sets.find((candidate) => dimension(candidate) === of);
    if (value === undefined) continue;
    const distance = distanceTo(reading, trigger, side, entity, value);
    if (distance === null) continue;
    // A plain value has cut off the scopes that it ends; it outdoes nothing that remains but section and type.
    const rank = isPlain(value) ? Number.POSITIVE_INFINITY : distance;
    if (best === null || rank < best.distance) best = { value, rule: trigger.rule.id, distance: rank };
  }
  return best;
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
