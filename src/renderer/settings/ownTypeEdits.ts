import type { Settings } from "#contract/records.ts";
import type { OwnType } from "#core/entity/ownTypes.ts";

type Types = Pick<Settings, "types" | "ownTypes">;

/** The settings with a type added, or put in the place of the one named `before`. A new one is wanted at once. */
export function withOwnType({ types, ownTypes }: Types, before: string | null, next: OwnType): Types {
  if (before === null) return { ownTypes: [...ownTypes, next], types: [...types, next.name] };
  return {
    ownTypes: ownTypes.map((type) => (type.name === before ? next : type)),
    types: types.map((name) => (name === before ? next.name : name)),
  };
}

/** The settings without a type. */
export function withoutOwnType({ types, ownTypes }: Types, gone: string): Types {
  return {
    ownTypes: ownTypes.filter((type) => type.name !== gone),
    types: types.filter((name) => name !== gone),
  };
}

/** What was typed into the form, as a type: a name has "_" for spaces, an example stands on each line. */
export function readOwnType(fields: {
  readonly name: string;
  readonly definition: string;
  readonly examples: string;
}): OwnType {
  const lines = fields.examples.split("\n").map((line) => line.trim());
  return {
    name: fields.name.trim().replace(/\s+/g, "_"),
    definition: fields.definition.trim(),
    examples: lines.filter((line) => line !== ""),
  };
}
