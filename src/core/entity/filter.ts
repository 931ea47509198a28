import { type Assertion, type Entity, isDropped } from "./entity.ts";

/** Which entities are meant; absent members do not narrow. The same filter acts on text, table and export. */
export type EntityFilter = {
  readonly types?: readonly string[] | undefined;
  readonly polarity?: readonly (Assertion["polarity"] | "undetermined")[] | undefined;
  readonly certainty?: readonly Assertion["certainty"][] | undefined;
  readonly experiencer?: readonly Assertion["experiencer"][] | undefined;
  readonly temporality?: readonly Assertion["temporality"][] | undefined;
  /** Section categories; "" stands for none. */
  readonly sections?: readonly string[] | undefined;
  /** Entities below it are left out; those that a person added have no confidence and stay. */
  readonly minConfidence?: number | undefined;
  readonly statuses?: readonly Entity["status"][] | undefined;
  /** Moves the border of the selector's verdict (see `applyThreshold`); by itself it leaves nothing out. */
  readonly selectorThreshold?: number | undefined;
  /** Leaves out what the selector dropped. */
  readonly hideDropped?: boolean | undefined;
  /** Case-blind part of the entity's words. */
  readonly text?: string | undefined;
};

/**
 * Whether `entity` is among those that `filter` means. An empty list means none, not all. An entity
 * without an assertion is "undetermined" in polarity and is left out by every other narrowing of the
 * assertion, since nothing is known that could match.
 */
export function matches(filter: EntityFilter, entity: Entity): boolean {
  const { assertion } = entity;
  return (
    among(filter.types, entity.type) &&
    among(filter.statuses, entity.status) &&
    among(filter.sections, entity.section ?? "") &&
    among(filter.polarity, assertion?.polarity ?? "undetermined") &&
    among(filter.certainty, assertion?.certainty) &&
    among(filter.experiencer, assertion?.experiencer) &&
    among(filter.temporality, assertion?.temporality) &&
    (entity.confidence === null || entity.confidence >= (filter.minConfidence ?? 0)) &&
    !(filter.hideDropped && isDropped(entity)) &&
    (!filter.text || entity.text.toLowerCase().includes(filter.text.toLowerCase()))
  );
}

/** Whether `filter` leaves nothing out by itself. */
export function isOpenFilter(filter: EntityFilter): boolean {
  const { minConfidence = 0, text = "", hideDropped = false, ...lists } = filter;
  return (
    minConfidence <= 0 &&
    text === "" &&
    !hideDropped &&
    Object.values(lists).every((list) => list === undefined)
  );
}

function among<Value>(wanted: readonly Value[] | undefined, value: Value | undefined): boolean {
  return wanted === undefined || (value !== undefined && wanted.includes(value));
}
