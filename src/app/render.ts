import type { Extraction } from "#core/entity/extraction.ts";
import { toBrat } from "#core/export/brat.ts";
import { csvHeader, toCsvRows } from "#core/export/csv.ts";
import { toFhirBundle } from "#core/export/fhir/bundle.ts";
import { toHtml } from "#core/export/html.ts";
import { toJson } from "#core/export/json.ts";
import { toJsonLine } from "#core/export/jsonl.ts";
import { toTable } from "#core/export/table.ts";

export const formats = ["json", "jsonl", "csv", "brat", "fhir", "html", "table"] as const;
export type Format = (typeof formats)[number];

export type RenderOptions = { readonly withText: boolean };

/** One file of a result; `extension` with its dot. */
export type RenderedFile = {
  readonly extension: string;
  readonly mediaType: string;
  readonly content: string;
};

/** The result files of one note, each complete in itself. */
export function renderFiles(format: Format, extraction: Extraction, options: RenderOptions): RenderedFile[] {
  const file = (extension: string, mediaType: string, content: string): RenderedFile => ({
    extension,
    mediaType,
    content,
  });
  switch (format) {
    case "json":
      return [file(".json", "application/json", `${JSON.stringify(toJson(extraction, options), null, 2)}\n`)];
    case "jsonl":
      return [file(".jsonl", "application/jsonl", toJsonLine(extraction, options))];
    case "csv":
      return [file(".csv", "text/csv", csvHeader + toCsvRows(extraction))];
    case "brat": {
      const { ann, txt } = toBrat(extraction);
      return [file(".ann", "text/plain", ann), file(".txt", "text/plain", txt)];
    }
    case "fhir":
      return [
        file(".fhir.json", "application/fhir+json", `${JSON.stringify(toFhirBundle(extraction), null, 2)}\n`),
      ];
    case "html":
      return [file(".html", "text/html", toHtml(extraction))];
    case "table":
      return [file(".table.txt", "text/plain", toTable(extraction))];
  }
}

/** How the results of several notes follow each other on one stream, such as standard output. */
export type StreamRenderer = {
  /** Before the first result. */
  readonly head: string;
  each(extraction: Extraction): string;
  /** After the last one, or when the work is cut off: what was written is then valid. */
  tail(): string;
};

/** @param many whether an array (JSON) or a line each (FHIR) is due; decided by the inputs, not by their outcome */
export function renderStream(
  format: Exclude<Format, "brat" | "html">,
  many: boolean,
  options: RenderOptions,
): StreamRenderer {
  let count = 0;
  switch (format) {
    case "json":
      return many
        ? {
            head: "[",
            each: (extraction) =>
              `${count++ === 0 ? "\n" : ",\n"}${JSON.stringify(toJson(extraction, options), null, 2)}`,
            tail: () => "\n]\n",
          }
        : { head: "", each: (extraction) => whole(format, extraction, options), tail: () => "" };
    case "csv":
      return { head: csvHeader, each: toCsvRows, tail: () => "" };
    case "fhir":
      return {
        head: "",
        each: (extraction) =>
          many ? `${JSON.stringify(toFhirBundle(extraction))}\n` : whole(format, extraction, options),
        tail: () => "",
      };
    case "jsonl":
    case "table":
      return { head: "", each: (extraction) => whole(format, extraction, options), tail: () => "" };
  }
}

function whole(format: Format, extraction: Extraction, options: RenderOptions): string {
  return renderFiles(format, extraction, options)[0]?.content ?? "";
}
