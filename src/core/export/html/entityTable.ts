import type { Entity } from "../../entity/entity.ts";
import type { Language } from "../../entity/extraction.ts";
import { escapeHtml } from "./escapeHtml.ts";
import { confidenceOf, labelOf, saidOf, termOf } from "./wording.ts";
import { words } from "./words.ts";

/** Every entity with its place, in document order. */
export function entityTable(entities: readonly Entity[], language: Language): string {
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  const rows = entities.map((entity) => {
    const links = entity.attributes.map(
      ({ role, entity: id }) => `${termOf(role, language)}: ${byId.get(id)?.text ?? ""}`,
    );
    const cells = [
      labelOf(entity, language),
      entity.text,
      entity.start,
      entity.end,
      confidenceOf(entity),
      saidOf(entity, language).join(", "),
      links.join("; "),
      termOf(entity.status, language),
    ];
    return `<tr data-entity-id="${escapeHtml(entity.id)}">${cells.map(cell).join("")}</tr>`;
  });
  const titles = words[language].columns.map((title) => `<th scope="col">${title}</th>`).join("");
  return `<table>\n<thead><tr>${titles}</tr></thead>\n<tbody>\n${rows.join("\n")}\n</tbody>\n</table>`;
}

function cell(value: string | number): string {
  return typeof value === "number"
    ? `<td class="number">${value}</td>`
    : `<td dir="auto">${escapeHtml(value)}</td>`;
}
