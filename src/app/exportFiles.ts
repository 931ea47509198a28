import { extname } from "node:path";
import type { ExportFile, ExportFormat } from "#contract/records.ts";
import type { Extraction } from "#core/entity/extraction.ts";
import type { OwnType } from "#core/entity/ownTypes.ts";
import { outputNames } from "./outputNames.ts";
import { type RenderOptions, renderFiles, renderStream } from "./render.ts";
import { trainingPack } from "./trainingPack.ts";

/** What a file of several notes is called, and what it is. FHIR then is one Bundle a line. */
const together = {
  csv: { name: "notegrain.csv", mediaType: "text/csv" },
  json: { name: "notegrain.json", mediaType: "application/json" },
  fhir: { name: "notegrain.fhir.ndjson", mediaType: "application/fhir+ndjson" },
} as const;

/**
 * The files of an export. One note: named after it. Several: one file for all in the formats that allow it,
 * else a file each.
 * @param options.ownTypes the user's own types, which a training pack explains
 */
export function exportFiles(
  extractions: readonly Extraction[],
  format: ExportFormat,
  options: RenderOptions & { readonly ownTypes: readonly OwnType[] },
): readonly ExportFile[] {
  if (format === "training") {
    return trainingPack(extractions, options.ownTypes).map((file) => ({
      ...file,
      mediaType: extname(file.name) === ".json" ? "application/json" : "text/plain",
    }));
  }
  if (extractions.length > 1 && format !== "brat" && format !== "html") {
    const stream = renderStream(format, true, options);
    const content = stream.head + extractions.map((one) => stream.each(one)).join("") + stream.tail();
    return [{ ...together[format], content }];
  }
  const names = outputNames(extractions.map((one) => one.document.name));
  return extractions.flatMap((extraction, index) =>
    renderFiles(format, extraction, options).map(({ extension, mediaType, content }) => ({
      name: `${names[index]}${extension}`,
      mediaType,
      content,
    })),
  );
}
