import type { Entity } from "../../entity/entity.ts";
import type { Language } from "../../entity/extraction.ts";
import { escapeHtml } from "./escapeHtml.ts";
import { families, familyOf, saidOf, termOf } from "./wording.ts";
import { words } from "./words.ts";

/** One line a family: what describes something else stands behind it, what is denied has a "no" before it. */
export function summary(entities: readonly Entity[], language: Language): string {
  const say = words[language];
  if (entities.length === 0) return `<p>${say.nothing}</p>`;
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  const describing = new Set(
    entities.flatMap(({ attributes }) => attributes.map((attribute) => attribute.entity)),
  );
  const lineOf = (entity: Entity): string => {
    const no = entity.assertion?.polarity === "negated" ? say.no : "";
    const said = saidOf(entity, language).filter((word) => word !== termOf("negated", language));
    const details = entity.attributes.map((attribute) => byId.get(attribute.entity)?.text ?? "");
    // A drug that is not tolerated must not read like one that is taken.
    const where = entity.section === "allergies" ? [say.allergies] : [];
    const more = [...where, ...said, ...details].join(", ");
    return escapeHtml(`${no}${entity.text}${more === "" ? "" : ` (${more})`}`);
  };
  const heads = entities.filter((entity) => !describing.has(entity.id));
  const items = families.flatMap((family) => {
    const lines = [...new Set(heads.filter((entity) => familyOf(entity) === family).map(lineOf))];
    if (lines.length === 0) return [];
    return [`<li><strong>${say.families[family]}</strong>: <bdi>${lines.join("</bdi>; <bdi>")}</bdi></li>`];
  });
  return `<ul class="summary">\n${items.join("\n")}\n</ul>`;
}
