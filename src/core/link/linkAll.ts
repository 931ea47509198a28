import type { Language } from "../document/noteDocument.ts";
import type { Span } from "../document/span.ts";
import { bySentence } from "../entity/bySentence.ts";
import { type Attribute, attributeRoles, type Entity, isKept } from "../entity/entity.ts";
import { type LinkSentence, readSentence } from "./between.ts";
import { linkRules, type RoleRule } from "./linkRules.ts";
import { followNeighbours, linkRows, shareLinks } from "./lists.ts";
import { headsOf, type Link, linkNearest } from "./nearest.ts";

export type LinkInput = {
  readonly text: string;
  readonly language: Language;
  /** In order, without overlaps. */
  readonly sentences: readonly Span[];
  readonly entities: readonly Entity[];
};

/**
 * The entities with links to what describes them: a drug to its dose, a test to its value, a problem to its site.
 * Links stay within a sentence and go to the nearest entity that the rules allow. Attributes are replaced, in
 * the order of `attributeRoles` and then of the note.
 */
export function linkAll({ text, language, sentences, entities }: LinkInput): Entity[] {
  const attributes = new Map<Entity, Attribute[]>();
  for (const { span, members } of bySentence(sentences, entities.filter(isKept))) {
    if (members.length < 2) continue;
    for (const [head, found] of linkSentence(readSentence(text, span, members, language), text)) {
      attributes.set(head, found);
    }
  }
  return entities.map((entity) => ({ ...entity, attributes: attributes.get(entity) ?? [] }));
}

function linkSentence(sentence: LinkSentence, text: string): Map<Entity, Attribute[]> {
  const found = new Map<Entity, Attribute[]>();
  const hasDosage = (head: Entity) => found.get(head)?.some((link) => link.role === "dosage") ?? false;
  for (const role of attributeRoles) {
    for (const rule of linkRules.roles.filter((candidate) => candidate.role === role)) {
      for (const { head, attribute } of linkRole(sentence, text, rule, hasDosage)) {
        const links = found.get(head) ?? [];
        links.push({ role, entity: attribute.id });
        found.set(head, links);
      }
    }
  }
  return found;
}

/** All links of one role, in the order of the note. */
function linkRole(
  sentence: LinkSentence,
  text: string,
  rule: RoleRule,
  hasDosage: (head: Entity) => boolean,
): Link[] {
  const attributes = sentence.entities.filter(
    (entity) => entity.type === rule.attribute && hasCue(entity, text, rule),
  );
  const heads = headsOf(sentence, rule);
  if (attributes.length === 0 || heads.length === 0) return [];
  const rows = rule.pairs ? linkRows(sentence, attributes, heads) : [];
  const rest = attributes.filter((attribute) => !rows.some((link) => link.attribute === attribute));
  const direct = [...rows, ...linkNearest(sentence, rule, rest, heads)];
  const links = rule.lists ? followNeighbours(sentence, attributes, direct) : direct;
  const shared = shareLinks(sentence, rule, links, heads, hasDosage);
  return [...links, ...shared].sort(
    (a, b) => a.attribute.start - b.attribute.start || a.head.start - b.head.start,
  );
}

/** "Diabetes at age 12" speaks of the disease; the "12-year-old" with diabetes does not. */
function hasCue(entity: Entity, text: string, { cues }: RoleRule): boolean {
  if (cues === null) return true;
  const before = text
    .slice(Math.max(0, entity.start - 24), entity.start)
    .trimEnd()
    .toLowerCase();
  const after = text.slice(entity.end, entity.end + 24).trimStart();
  return (
    cues.before.some((cue) => before.endsWith(cue) && !/\p{L}$/u.test(before.slice(0, -cue.length))) ||
    cues.after.some((cue) => after.startsWith(cue))
  );
}
