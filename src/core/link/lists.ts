import type { Entity } from "../entity/entity.ts";
import { between, type LinkSentence } from "./between.ts";
import { linkRules, type RoleRule } from "./linkRules.ts";
import type { Link } from "./nearest.ts";

/**
 * "Sodium and potassium were 140 and 4.1": as many attributes in a row as heads in a row before them go in order.
 * The links of all such rows; their members need no other.
 */
export function linkRows(
  sentence: LinkSentence,
  attributes: readonly Entity[],
  heads: readonly Entity[],
): Link[] {
  const items = [...attributes, ...heads].sort((a, b) => a.start - b.start);
  const links: Link[] = [];
  let at = 0;
  while (at < items.length) {
    const headRow = rowFrom(sentence, items, at, heads);
    const attributeRow = rowFrom(sentence, items, at + headRow.length, attributes);
    if (headRow.length > 1 && headRow.length === attributeRow.length) {
      headRow.forEach((head, index) => {
        links.push({ head, attribute: attributeRow[index] as Entity });
      });
    }
    at += Math.max(1, headRow.length + attributeRow.length);
  }
  return links;
}

/** The longest run of coordinated `members` in `items` from `at`. */
function rowFrom(
  sentence: LinkSentence,
  items: readonly Entity[],
  at: number,
  members: readonly Entity[],
): Entity[] {
  const row: Entity[] = [];
  for (let item = items[at]; item !== undefined && members.includes(item); item = items[at + row.length]) {
    const last = row.at(-1);
    if (last !== undefined && !areCoordinated(sentence, last, item)) break;
    row.push(item);
  }
  return row;
}

/** Types that only colour the entity after them: "fever, severe abdominal pain" is a list of two. */
const colouring: ReadonlySet<string> = new Set(["Severity", "Biological_structure"]);

/** Whether nothing but "and", "or" and commas stands between the two, apart from what colours the second. */
export function areCoordinated(sentence: LinkSentence, a: Entity, b: Entity): boolean {
  const { entities, words } = between(sentence, a, b);
  return (
    entities.every((entity) => colouring.has(entity.type)) &&
    words.length > 0 &&
    words.every((word) => linkRules.coordinators.has(word))
  );
}

/**
 * "Fever and chills for two days", "normal sodium and chloride": what closes or opens a list of like entities
 * describes all of them that nothing else of its role describes.
 */
export function shareLinks(
  sentence: LinkSentence,
  rule: RoleRule,
  links: readonly Link[],
  heads: readonly Entity[],
  hasDosage: (head: Entity) => boolean,
): Link[] {
  if (rule.shares === "never") return [];
  const isFree = (head: Entity) => !links.some((link) => link.head === head) && !hasDosage(head);
  return links.flatMap(({ head, attribute }) => {
    if (hasDosage(head) || (rule.shares === "words" && /\p{Nd}/u.test(attribute.text))) return [];
    const step = attribute.start < head.start ? 1 : -1;
    const shared: Link[] = [];
    let last = head;
    for (let index = heads.indexOf(head) + step; ; index += step) {
      const next = heads[index];
      if (next === undefined || next.type !== head.type || !isFree(next)) break;
      if (!areCoordinated(sentence, last, next)) break;
      shared.push({ head: next, attribute });
      last = next;
    }
    return shared;
  });
}

/** "Pain in the chest and arm": an attribute without a head takes that of its neighbour in a list of its kind. */
export function followNeighbours(
  sentence: LinkSentence,
  attributes: readonly Entity[],
  links: readonly Link[],
): Link[] {
  const headOf = new Map(links.map((link) => [link.attribute, link.head]));
  const follow = (order: readonly Entity[]) => {
    order.forEach((attribute, index) => {
      const neighbour = order[index - 1];
      const head = neighbour && headOf.get(neighbour);
      if (head === undefined || headOf.has(attribute)) return;
      if (areCoordinated(sentence, neighbour as Entity, attribute)) headOf.set(attribute, head);
    });
  };
  follow(attributes);
  follow([...attributes].reverse());
  return [...headOf].map(([attribute, head]) => ({ head, attribute }));
}
