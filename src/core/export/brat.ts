import { type CodePointIndex, indexCodePoints } from "../document/codePoints.ts";
import type { Span } from "../document/span.ts";
import type { Entity } from "../entity/entity.ts";
import type { Extraction } from "../entity/extraction.ts";
import { LINE_ENDS } from "../text/lineEnds.ts";
import { keptEntities } from "./keptEntities.ts";

/** The two files of brat's standoff format: https://brat.nlplab.org/standoff.html */
export type BratFiles = { readonly ann: string; readonly txt: string };

const lineEnds = new RegExp(LINE_ENDS, "g");

/**
 * The kept entities as `T` lines (code point offsets into `txt`), their assertion and status as `A` lines, their links
 * as `R` lines, confidence, section and deciding rule as notes. brat knows no span over a line end: such a span is
 * split there, and `readBrat` joins it again.
 */
export function toBrat(extraction: Extraction): BratFiles {
  const { text } = extraction.document;
  const entities = keptEntities(extraction.entities);
  const codePoints = indexCodePoints(text);
  const number = new Map(entities.map((entity, i) => [entity.id, `T${i + 1}`]));
  const name = (id: string): string => number.get(id) ?? "";
  const attributes = entities.flatMap((entity) =>
    attributesOf(entity).map((words) => [name(entity.id), ...words]),
  );
  const links = entities.flatMap((entity) =>
    entity.attributes.map((link) => `${link.role} Arg1:${name(entity.id)} Arg2:${name(link.entity)}`),
  );
  const notes = entities
    .map((entity) => [name(entity.id), noteOf(entity)] as const)
    .filter(([, note]) => note !== "");
  const lines = [
    ...entities.map((entity, i) => `T${i + 1}\t${textBound(entity, text, codePoints)}`),
    ...attributes.map(([target, kind, value], i) => `A${i + 1}\t${kind} ${target} ${value}`),
    ...links.map((link, i) => `R${i + 1}\t${link}`),
    ...notes.map(([target, note], i) => `#${i + 1}\tAnnotatorNotes ${target}\t${note}`),
  ];
  return { ann: lines.map((line) => `${line}\n`).join(""), txt: text };
}

function textBound(entity: Entity, text: string, codePoints: CodePointIndex): string {
  const parts = (entity.fragments ?? [entity]).flatMap((span) => splitAtLineEnds(text, span));
  const offsets = parts.map(
    (part) => `${codePoints.fromUtf16(part.start)} ${codePoints.fromUtf16(part.end)}`,
  );
  const words = parts.map((part) => text.slice(part.start, part.end));
  return `${entity.type} ${offsets.join(";")}\t${words.join(" ")}`;
}

function splitAtLineEnds(text: string, span: Span): Span[] {
  const parts: Span[] = [];
  let start = span.start;
  for (const match of `${text.slice(span.start, span.end)}
`.matchAll(lineEnds)) {
    const end = span.start + match.index;
    if (start < end) parts.push({ start, end });
    start = end + match[0].length;
  }
  return parts;
}

function attributesOf(entity: Entity): [string, string][] {
  const { assertion, status } = entity;
  const pairs: [string, string][] = assertion
    ? [
        ["Polarity", assertion.polarity],
        ["Certainty", assertion.certainty],
        ["Experiencer", assertion.experiencer],
        ["Temporality", assertion.temporality],
      ]
    : [];
  return [...pairs, ["Status", status]];
}

function noteOf(entity: Entity): string {
  const facts = {
    confidence: entity.confidence,
    section: entity.section,
    rule: entity.assertion?.rule ?? null,
  };
  return Object.entries(facts)
    .flatMap(([key, value]) => (value === null ? [] : [`${key}=${value}`]))
    .join(" ");
}
