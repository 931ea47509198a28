import { indexCodePoints } from "../document/codePoints.ts";
import type { Extraction } from "../entity/extraction.ts";
import { keptEntities } from "./keptEntities.ts";

const columns = [
  "document", "id", "type", "text", "start", "end", "start_code_point", "end_code_point", "confidence",
  "section", "polarity", "certainty", "experiencer", "temporality", "status", "attributes",
] as const; // biome-ignore format: one block reads best

/** The header row. Rows end in CRLF, as RFC 4180 has it; the file is UTF-8 without a BOM. */
export const csvHeader = csvLine(columns);

/** One row an entity that is kept, in document order, without the header. */
export function toCsvRows(extraction: Extraction): string {
  const { document } = extraction;
  const codePoints = indexCodePoints(document.text);
  return keptEntities(extraction.entities)
    .map((entity) => {
      const { assertion } = entity;
      const cells = [
        document.name,
        entity.id,
        entity.type,
        entity.text,
        entity.start,
        entity.end,
        codePoints.fromUtf16(entity.start),
        codePoints.fromUtf16(entity.end),
        entity.confidence,
        entity.section,
        assertion?.polarity ?? null,
        assertion?.certainty ?? null,
        assertion?.experiencer ?? null,
        assertion?.temporality ?? null,
        entity.status,
        entity.attributes.map((attribute) => `${attribute.role}:${attribute.entity}`).join(";"),
      ];
      return csvLine(cells);
    })
    .join("");
}

/** Header and rows of the extractions, in order. */
export function toCsv(extractions: readonly Extraction[]): string {
  return csvHeader + extractions.map(toCsvRows).join("");
}

/** A row of a table, its end included. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** One cell. Text that a spreadsheet would run as a formula gets a leading `'`; numbers are never touched. */
function csvCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const guarded = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
