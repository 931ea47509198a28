import { isWord, type Token } from "../document/tokens.ts";
import type { Entity } from "../entity/entity.ts";
import type { AssertionRules } from "./assertionRules.ts";
import type { Trigger } from "./triggers.ts";
import type { Group } from "./values.ts";

/** A sentence as the rules see it. */
export type Reading = {
  readonly tokens: readonly Token[];
  readonly triggers: readonly Trigger[];
  /**
   * For each token: the group of the entity that it is part of, "described" where that entity only describes
   * others (a severity, a body part), null outside entities.
   */
  readonly partOf: readonly (Group | "described" | null)[];
  /** The entities of the sentence that rules can speak of. */
  readonly entities: readonly Entity[];
  readonly rules: AssertionRules;
};

/**
 * Whether the token is a word that widens the gap: no link of a list and no part of an entity. For a problem any
 * entity may stand in between ("no severe chest pain"), for others only one of the same group, so that "no
 * ischaemia on ECG" says nothing of the ECG.
 */
export function isLoose({ tokens, partOf, rules }: Reading, at: number, group: Group): boolean {
  const token = tokens[at];
  const part = partOf[at] ?? null;
  const isPart = part !== null && (group === "problem" || part === group || part === "described");
  return token !== undefined && !isPart && isWord(token) && !rules.glue.has(token.text);
}
