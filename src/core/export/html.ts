import type { Entity } from "../entity/entity.ts";
import { type EntityFamily, entityType } from "../entity/entityTypes.ts";
import type { Extraction } from "../entity/extraction.ts";
import { assertionWords } from "./assertionWords.ts";
import { escapeHtml } from "./html/escapeHtml.ts";
import { highlight } from "./html/highlight.ts";
import { style } from "./html/style.ts";
import { words } from "./html/words.ts";
import { keptEntities } from "./keptEntities.ts";

/** A family of the built-in types, or the types of a user's own. */
type Family = EntityFamily | "own";

const families: readonly Family[] = ["problem", "medication", "test", "care", "person", "time", "own"];

/**
 * A report to read, print and send: one file with the note, what was found in it, and how. It runs no script and
 * fetches nothing, and forbids both to whatever a note may hold.
 */
export function toHtml(extraction: Extraction): string {
  const { document, run } = extraction;
  const say = words[document.language];
  const entities = keptEntities(extraction.entities);
  const title = escapeHtml(document.name);
  const read = say.read(Math.floor(extraction.coverage * 100));
  return `<!doctype html>
<html lang="${document.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Notegrain</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="quiet">${escapeHtml(`${say.found(entities.length)} · ${read}`)}</p>
<p><strong>${say.disclaimer}</strong></p>
</header>
<main>
<h2>${say.summary}</h2>
${summary(entities, document.language)}
<h2>${say.note}</h2>
${legend(entities, document.language)}
<div class="note" dir="auto">${highlight(document.text, entities, (entity, last) => openTag(entity, last, document.language))}</div>
<h2>${say.table}</h2>
${table(entities, document.language)}
<p class="quiet">${say.offsets}</p>
</main>
<footer>
<h2>${say.run}</h2>
${facts(say.facts, [run.model, run.modelSha256, run.adapterSha256, run.paradigm, run.promptSha256, document.sha256])}
</footer>
</body>
</html>
`;
}

type Lang = Extraction["document"]["language"];

function openTag(entity: Entity, last: boolean, language: Lang): string {
  const { assertion } = entity;
  const classes = [
    "entity",
    familyOf(entity),
    ...(last ? ["last"] : []),
    ...(assertion?.polarity === "negated" ? ["negated"] : []),
    ...(assertion && assertion.certainty !== "certain" ? ["uncertain"] : []),
  ];
  const short = [entityType(entity.type)?.short ?? entity.type, ...assertionWords(entity.assertion)].join(
    " ",
  );
  const title = [labelOf(entity, language), ...assertionWords(entity.assertion), confidenceOf(entity)]
    .filter(Boolean)
    .join(" · ");
  return `<span class="${classes.join(" ")}" data-entity-id="${escapeHtml(entity.id)}" data-short="${escapeHtml(short)}" title="${escapeHtml(title)}">`;
}

/** One line a family: what describes something else stands behind it. */
function summary(entities: readonly Entity[], language: Lang): string {
  const say = words[language];
  if (entities.length === 0) return `<p>${say.nothing}</p>`;
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  const described = new Set(
    entities.flatMap((entity) => entity.attributes.map((attribute) => attribute.entity)),
  );
  const heads = entities.filter((entity) => !described.has(entity.id));
  const lineOf = (entity: Entity): string => {
    const details = entity.attributes.map((attribute) => byId.get(attribute.entity)?.text ?? "");
    const others = assertionWords(entity.assertion).filter((word) => word !== "negated");
    const no = entity.assertion?.polarity === "negated" ? `${say.negated} ` : "";
    const more = [...others, ...details].join(", ");
    return escapeHtml(`${no}${entity.text}${more === "" ? "" : ` (${more})`}`);
  };
  const items = families.flatMap((family) => {
    const lines = [...new Set(heads.filter((entity) => familyOf(entity) === family).map(lineOf))];
    if (lines.length === 0) return [];
    return [`<li><strong>${say.families[family]}</strong>: <bdi>${lines.join("</bdi>; <bdi>")}</bdi></li>`];
  });
  return `<ul class="summary">\n${items.join("\n")}\n</ul>`;
}

function legend(entities: readonly Entity[], language: Lang): string {
  const present = new Set(entities.map(familyOf));
  const items = families
    .filter((family) => present.has(family))
    .map((family) => `<li><span class="entity ${family}">${words[language].families[family]}</span></li>`);
  return items.length === 0 ? "" : `<ul class="legend">${items.join("")}</ul>`;
}

function table(entities: readonly Entity[], language: Lang): string {
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  const [type, text, from, to, confidence, assertion, linked, status] = words[language].columns;
  const head = [
    ...[type, text].map((name) => `<th scope="col">${name}</th>`),
    ...[from, to, confidence].map((name) => `<th scope="col" class="number">${name}</th>`),
    ...[assertion, linked, status].map((name) => `<th scope="col">${name}</th>`),
  ];
  const rows = entities.map((entity) => {
    const links = entity.attributes.map(({ role, entity: id }) => `${role}: ${byId.get(id)?.text ?? ""}`);
    const cells = [
      ...[labelOf(entity, language), entity.text].map((cell) => `<td dir="auto">${escapeHtml(cell)}</td>`),
      ...[String(entity.start), String(entity.end), confidenceOf(entity)].map(
        (cell) => `<td class="number">${cell}</td>`,
      ),
      ...[assertionWords(entity.assertion).join(", "), links.join("; "), entity.status].map(
        (cell) => `<td dir="auto">${escapeHtml(cell)}</td>`,
      ),
    ];
    return `<tr data-entity-id="${escapeHtml(entity.id)}">${cells.join("")}</tr>`;
  });
  return `<table>\n<thead><tr>${head.join("")}</tr></thead>\n<tbody>\n${rows.join("\n")}\n</tbody>\n</table>`;
}

function facts(names: readonly string[], values: readonly (string | null)[]): string {
  const items = values.flatMap((value, i) =>
    value === null ? [] : [`<dt>${names[i]}</dt><dd>${escapeHtml(value)}</dd>`],
  );
  return `<dl>${items.join("")}</dl>`;
}

function familyOf(entity: Entity): Family {
  return entityType(entity.type)?.family ?? "own";
}

function labelOf(entity: Entity, language: Lang): string {
  return entityType(entity.type)?.label[language] ?? entity.type;
}

function confidenceOf(entity: Entity): string {
  return entity.confidence?.toFixed(2) ?? "";
}
