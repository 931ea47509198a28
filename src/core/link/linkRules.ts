import data from "#resources/link.json" with { type: "json" };
import type { Language } from "../document/noteDocument.ts";
import { type AttributeRole, attributeRoles } from "../entity/entity.ts";
import { checkChoice, checkObject, checkStrings } from "../ruleData.ts";

/** How entities of one type are linked to those that they describe. */
export type RoleRule = {
  readonly role: AttributeRole;
  /** The type of the describing entity. */
  readonly attribute: string;
  /** The types that it can describe; a later tier counts where the sentence has none of an earlier one. */
  readonly heads: readonly (readonly string[])[];
  /** The highest cost of a link; see `linkCost`. */
  readonly limit: number;
  /** The side on which the described entity is looked for where both are as near. */
  readonly prefers: "before" | "after";
  /** Whether an entity usually has one of this role, so that a second goes elsewhere if it can. */
  readonly single: boolean;
  /** Whether "A and B were 1 and 2" pairs in order. */
  readonly pairs: boolean;
  /** Whether what closes a list of like entities describes them all: always, or only where it is in words. */
  readonly shares: "always" | "words" | "never";
  /** Whether a link may pass over another entity that could be described. */
  readonly jumps: boolean;
  /** Whether an entity that found nothing follows its neighbour in a list of its kind: "chest and arm". */
  readonly lists: boolean;
  /** Words one of which must stand right before or after the entity; null where none is needed. */
  readonly cues: { readonly before: readonly string[]; readonly after: readonly string[] } | null;
};

export type LinkRules = {
  readonly roles: readonly RoleRule[];
  /** Words and marks that part the items of a sentence. */
  readonly separators: Readonly<Record<Language, ReadonlySet<string>>>;
  /** Words that cost nothing between two entities. */
  readonly glue: Readonly<Record<Language, ReadonlySet<string>>>;
  /** What stands between the entities of one list. */
  readonly coordinators: ReadonlySet<string>;
};

const roleKeys = [
  "role", "attribute", "heads", "limit", "prefers", "single", "pairs", "shares", "jumps", "lists", "cues",
]; // biome-ignore format: one line reads best

/**
 * Reads the content of resources/link.json.
 * @throws TypeError for unknown keys or values, and for a type of attribute with two rules.
 */
export function parseLinkRules(source: unknown): LinkRules {
  const root = checkObject(source, "link", ["roles", "separators", "glue", "coordinators"]);
  if (!Array.isArray(root.roles)) throw new TypeError("link.roles must be a list");
  const roles = root.roles.map((entry: unknown) => readRole(checkObject(entry, "link.roles", roleKeys)));
  const attributes = roles.map((rule) => rule.attribute);
  const twice = attributes.find((attribute, index) => attributes.indexOf(attribute) !== index);
  if (twice !== undefined) throw new TypeError(`link.roles names ${twice} twice`);
  return {
    roles,
    separators: byLanguage(root.separators, "link.separators"),
    glue: byLanguage(root.glue, "link.glue"),
    coordinators: new Set(checkStrings(root.coordinators, "link.coordinators")),
  };
}

function readRole(entry: Readonly<Record<string, unknown>>): RoleRule {
  const role = checkChoice(entry.role, "link.roles.role", attributeRoles);
  const { attribute, heads, limit, shares = "never", cues } = entry;
  if (typeof attribute !== "string") throw new TypeError(`${role}.attribute is no type`);
  if (typeof limit !== "number" || limit < 0) throw new TypeError(`${role}.limit is no cost`);
  if (!Array.isArray(heads) || heads.length === 0)
    throw new TypeError(`${role}.heads must be a list of tiers`);
  return {
    role,
    attribute,
    heads: heads.map((tier: unknown) => checkStrings(tier, `${role}.heads`)),
    limit,
    prefers: checkChoice(entry.prefers, `${role}.prefers`, ["before", "after"]),
    single: flag(entry.single, false, `${role}.single`),
    pairs: flag(entry.pairs, false, `${role}.pairs`),
    shares: checkChoice(shares, `${role}.shares`, ["always", "words", "never"]),
    jumps: flag(entry.jumps, true, `${role}.jumps`),
    lists: flag(entry.lists, false, `${role}.lists`),
    cues: cues === undefined ? null : readCues(cues, role),
  };
}

function readCues(value: unknown, role: AttributeRole): NonNullable<RoleRule["cues"]> {
  const cues = checkObject(value, `${role}.cues`, ["before", "after"]);
  return {
    before: checkStrings(cues.before, `${role}.cues.before`),
    after: checkStrings(cues.after, `${role}.cues.after`),
  };
}

function flag(value: unknown, usual: boolean, place: string): boolean {
  if (value === undefined) return usual;
  if (typeof value !== "boolean") throw new TypeError(`${place} is neither true nor false`);
  return value;
}

function byLanguage(value: unknown, place: string): Record<Language, ReadonlySet<string>> {
  const lists = checkObject(value, place, ["en", "zh"]);
  return {
    en: new Set(checkStrings(lists.en, `${place}.en`)),
    zh: new Set(checkStrings(lists.zh, `${place}.zh`)),
  };
}

export const linkRules: LinkRules = parseLinkRules(data);
