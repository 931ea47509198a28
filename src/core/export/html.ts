import type { Entity } from "../entity/entity.ts";
import { entityType } from "../entity/entityTypes.ts";
import type { Extraction, Language } from "../entity/extraction.ts";
import { entityTable } from "./html/entityTable.ts";
import { escapeHtml } from "./html/escapeHtml.ts";
import { highlight } from "./html/highlight.ts";
import { style } from "./html/style.ts";
import { summary } from "./html/summary.ts";
import { confidenceOf, families, familyOf, labelOf, saidOf } from "./html/wording.ts";
import { words } from "./html/words.ts";
import { keptEntities } from "./keptEntities.ts";

/**
 * A report to read, print and send: one file with the note, what was found in it, and how. It runs no script and
 * fetches nothing, and forbids both to whatever a note may hold.
 */
export function toHtml(extraction: Extraction): string {
  const { document, run } = extraction;
  const { language } = document;
  const say = words[language];
  const entities = keptEntities(extraction.entities);
  const title = escapeHtml(document.name);
  const counts = `${say.found(entities.length)} · ${say.read(Math.floor(extraction.coverage * 100))}`;
  const note = highlight(document.text, entities, (entity, last) => openTag(entity, last, language));
  const facts = [
    run.model,
    run.modelSha256,
    run.adapterSha256,
    run.paradigm,
    run.promptSha256,
    document.sha256,
  ];
  return `<!doctype html>
<html lang="${language}">
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
<p class="quiet">${counts}</p>
<p><strong>${say.disclaimer}</strong></p>
</header>
<main>
<h2>${say.summary}</h2>
${summary(entities, language)}
<h2>${say.note}</h2>
${legend(entities, language)}
<div class="note" dir="auto">${note}</div>
<h2>${say.table}</h2>
${entityTable(entities, language)}
<p class="quiet">${say.offsets}</p>
</main>
<footer>
<h2>${say.run}</h2>
<dl>${say.facts.map((name, i) => factLine(name, facts[i] ?? null)).join("")}</dl>
</footer>
</body>
</html>
`;
}

function openTag(entity: Entity, last: boolean, language: Language): string {
  const { assertion } = entity;
  const classes = [
    "entity",
    familyOf(entity),
    ...(last ? ["last"] : []),
    ...(assertion?.polarity === "negated" ? ["negated"] : []),
    ...(assertion && assertion.certainty !== "certain" ? ["uncertain"] : []),
  ];
  const said = saidOf(entity, language);
  const short = [entityType(entity.type)?.short ?? entity.type, ...said].join(" ");
  const title = [labelOf(entity, language), ...said, confidenceOf(entity)].filter(Boolean).join(" · ");
  const attributes = { "data-entity-id": entity.id, "data-short": short, title };
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${escapeHtml(value)}"`);
  return `<span class="${classes.join(" ")}" ${written.join(" ")}>`;
}

function legend(entities: readonly Entity[], language: Language): string {
  const present = new Set(entities.map(familyOf));
  const items = families
    .filter((family) => present.has(family))
    .map((family) => `<li><span class="entity ${family}">${words[language].families[family]}</span></li>`);
  return items.length === 0 ? "" : `<ul class="legend">${items.join("")}</ul>`;
}

function factLine(name: string, value: string | null): string {
  return value === null ? "" : `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`;
}
