import type { Entity } from "../entity/entity.ts";
import { between, type LinkSentence } from "./between.ts";
import { linkRules, type RoleRule } from "./linkRules.ts";

/** An entity and what describes it. */
export type Link = { readonly head: Entity; readonly attribute: Entity };

/** What a separator, an entity of the same role, and another head in between cost, in loose words. */
const SEPARATOR = 3;
const SAME_ROLE = 2;
const OTHER_HEAD = 4;
/** What it costs that the head has one of this role already. */
const TAKEN = 1;

/**
 * The entities of the sentence that `rule` can link to: those of the first tier that it has. Of "prolactin (PRL)"
 * the name counts, not its short form.
 */
export function headsOf(sentence: LinkSentence, rule: RoleRule): Entity[] {
  for (const tier of rule.heads) {
    const heads = sentence.entities.filter((entity) => tier.includes(entity.type));
    if (heads.length > 0)
      return heads.filter((head, index) => !isShortForm(sentence, heads[index - 1], head));
  }
  return [];
}

function isShortForm(sentence: LinkSentence, name: Entity | undefined, head: Entity): boolean {
  if (name === undefined || name.type !== head.type || head.text.length >= name.text.length) return false;
  const { entities, words } = between(sentence, name, head);
  const next = sentence.tokens.find((token) => token.start >= head.end);
  return entities.length === 0 && words.join(" ") === "(" && next?.text === ")";
}

/** The links of the attributes, from left to right, each to the head that costs least. */
export function linkNearest(
  sentence: LinkSentence,
  rule: RoleRule,
  attributes: readonly Entity[],
  heads: readonly Entity[],
): Link[] {
  const links: Link[] = [];
  for (const attribute of attributes) {
    let best: { head: Entity; cost: number } | null = null;
    for (const head of heads) {
      const taken = rule.single && links.some((link) => link.head === head) ? TAKEN : 0;
      const cost = taken + linkCost(sentence, rule, attribute, head, heads);
      if (cost <= rule.limit && (best === null || isBetter(cost, head, best, attribute, rule))) {
        best = { head, cost };
      }
    }
    if (best !== null) links.push({ head: best.head, attribute });
  }
  return links;
}

/**
 * What a link costs: loose words in between, and what parts the two. Infinite where it would pass over another
 * entity that the rule lets nothing pass over.
 */
function linkCost(
  sentence: LinkSentence,
  rule: RoleRule,
  attribute: Entity,
  head: Entity,
  heads: readonly Entity[],
): number {
  const gap = between(sentence, attribute, head);
  const otherHeads = gap.entities.filter((entity) => heads.includes(entity)).length;
  if (otherHeads > 0 && !rule.jumps) return Number.POSITIVE_INFINITY;
  const sameRole = gap.entities.filter((entity) => entity.type === attribute.type).length;
  // "Lasix 40 mg, by mouth, daily, potassium": one comma or three, the parts still follow their drug.
  const follows =
    rule.prefers === "before" && head.start < attribute.start && otherHeads === 0 && isList(gap.words);
  const separators = follows ? Math.min(1, gap.separators) : gap.separators;
  return gap.looseWords + SEPARATOR * separators + SAME_ROLE * sameRole + OTHER_HEAD * otherHeads;
}

function isList(words: readonly string[]): boolean {
  return words.every((word) => linkRules.coordinators.has(word) || /^[;(]$/.test(word));
}

function isBetter(
  cost: number,
  head: Entity,
  best: { head: Entity; cost: number },
  attribute: Entity,
  rule: RoleRule,
): boolean {
  if (cost !== best.cost) return cost < best.cost;
  // Heads come in order: of two before the attribute the later is nearer, of two after it the earlier.
  const isBefore = head.start < attribute.start;
  return isBefore || (best.head.start < attribute.start && rule.prefers === "after");
}
