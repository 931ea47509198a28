import type { Assertion } from "../entity/entity.ts";

/** What of an assertion a rule can decide. */
export const dimensions = ["polarity", "certainty", "experiencer", "temporality"] as const;
export type Dimension = (typeof dimensions)[number];

/** How a mention reads where no rule says otherwise. */
export const plain: Omit<Assertion, "rule"> = {
  polarity: "affirmed",
  certainty: "certain",
  experiencer: "patient",
  temporality: "current",
};

const dimensionOf = {
  affirmed: "polarity",
  negated: "polarity",
  certain: "certainty",
  uncertain: "certainty",
  hypothetical: "certainty",
  patient: "experiencer",
  family: "experiencer",
  other: "experiencer",
  current: "temporality",
  historical: "temporality",
} as const satisfies Record<string, Dimension>;

/** A value that a rule sets. */
export type Value = keyof typeof dimensionOf;
export const values = Object.keys(dimensionOf) as readonly Value[];

export function dimension(value: Value): Dimension {
  return dimensionOf[value];
}

/** Whether the value is the plain reading of its dimension; triggers that set one end the scope of others. */
export function isPlain(value: Value): boolean {
  return plain[dimensionOf[value]] === value;
}

/** Kinds of entity that rules tell apart. */
export const groups = ["problem", "test", "treatment", "event"] as const;
export type Group = (typeof groups)[number];

const groupOfType: Readonly<Record<string, Group>> = {
  Sign_symptom: "problem",
  Disease_disorder: "problem",
  History: "problem",
  Family_history: "problem",
  Diagnostic_procedure: "test",
  Medication: "treatment",
  Therapeutic_procedure: "treatment",
  Clinical_event: "event",
};

/** The group of a type of entity; undefined for one that is neither present nor absent, such as an age or a dose. */
export function groupOf(type: string): Group | undefined {
  return groupOfType[type];
}

/** What the type itself says, below any trigger or section. */
export const typeValues: Readonly<Record<string, { readonly value: Value; readonly rule: string }>> = {
  History: { value: "historical", rule: "type.history" },
  Family_history: { value: "family", rule: "type.family-history" },
};

/**
 * How many loose words may stand between trigger and entity: words that are neither part of an entity nor link
 * the items of a list. No entry: the value does not apply to that group unless a rule names it.
 */
export const reaches: Readonly<
  Record<
    Exclude<Value, "affirmed" | "certain" | "patient" | "current">,
    Readonly<Partial<Record<Group, number>>>
  >
> = {
  negated: { problem: 10, test: 1, treatment: 1, event: 1 },
  uncertain: { problem: 6 },
  hypothetical: { problem: 12, test: 12, treatment: 12, event: 12 },
  family: { problem: 15, test: 4, treatment: 4, event: 4 },
  other: { problem: 15, test: 4, treatment: 4, event: 4 },
  historical: { problem: 12, treatment: 6, event: 3 },
};

/** A trigger after the entity reaches back no further than this. */
export const BACKWARD_REACH = 4;
