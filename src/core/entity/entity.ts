import type { Span } from "../document/span.ts";

/** How the note speaks of an entity. Absent (null on the entity) where nothing could be determined. */
export type Assertion = {
  readonly polarity: "affirmed" | "negated";
  readonly certainty: "certain" | "uncertain" | "hypothetical";
  readonly experiencer: "patient" | "family" | "other";
  readonly temporality: "current" | "historical";
  /** The id of the rule that decided, or null where the plain reading stood. */
  readonly rule: string | null;
};

export const attributeRoles = [
  "dosage", "route", "frequency", "duration", "value", "severity", "site", "date", "age",
] as const; // biome-ignore format: one line reads best
export type AttributeRole = (typeof attributeRoles)[number];

/** A link from an entity to the one that describes it, such as a drug to its dose. */
export type Attribute = { readonly role: AttributeRole; readonly entity: string };

export const entityStatuses = ["proposed", "accepted", "edited", "rejected", "added"] as const;
export type EntityStatus = (typeof entityStatuses)[number];

/** The verdict of a selector model on a span; kept below its threshold only for inspection. */
export type SelectorVerdict = { readonly probability: number; readonly kept: boolean };

/** A mention in a note: `text === note.slice(start, end)`, always. */
export type Entity = Span & {
  /** Unique in its document: "e1", "e2", … in document order. */
  readonly id: string;
  readonly type: string;
  readonly text: string;
  /** The parts of a discontinuous entity, whose outer span is start–end. */
  readonly fragments: readonly Span[] | null;
  /** 0 to 1, rounded to 4 decimals; null for an entity that a person added or a model wrote freely. */
  readonly confidence: number | null;
  /** Category of the section it stands in, such as "medications"; null where none was recognised. */
  readonly section: string | null;
  readonly assertion: Assertion | null;
  readonly attributes: readonly Attribute[];
  readonly selector: SelectorVerdict | null;
  readonly status: EntityStatus;
};

/**
 * A span that a decoder found, before it has an id, a section, an assertion or links. Its confidence is null where
 * nothing is known of it.
 */
export type Mention = Span & { readonly type: string; readonly confidence: number | null };

/** Whether a selector left the entity out and no person has decided on it since. */
export function isDropped({ status, selector }: Entity): boolean {
  return status === "proposed" && selector?.kept === false;
}

/** Whether the entity counts. What a person decided stands; else what a selector said. */
export function isKept(entity: Entity): boolean {
  return entity.status !== "rejected" && !isDropped(entity);
}
