import builtIn from "#resources/entity-types.json" with { type: "json" };

/** Groups of types that share a hue on screen. */
export type EntityFamily = "problem" | "medication" | "test" | "care" | "person" | "time";

/** A kind of entity: one of the eighteen, or one that a user adds with a definition. */
export type EntityType = {
  readonly name: string;
  readonly family: EntityFamily;
  readonly label: { readonly en: string; readonly zh: string };
  /** A few capitals for a narrow place. */
  readonly short: string;
  /** One sentence, as prompts use it. */
  readonly definition: string;
};

/** The eighteen types, in the order in which two types on one span open. */
export const entityTypes: readonly EntityType[] = builtIn as readonly EntityType[];

const byName = new Map(entityTypes.map((type) => [type.name, type]));

/** The names of the eighteen and of a user's own. */
export function typeNames(ownTypes: readonly { readonly name: string }[] = []): ReadonlySet<string> {
  return new Set([...entityTypes, ...ownTypes].map(({ name }) => name));
}

/** The built-in type of this name, if there is one. */
export function entityType(name: string): EntityType | undefined {
  return byName.get(name);
}
