import type { EvaluatedRow, EvaluationResult, evaluationFormats } from "#contract/evaluation.ts";
import type { ExportFile } from "#contract/records.ts";
import { describeError } from "#core/errors.ts";
import { csvLine } from "#core/export/csv.ts";

/** A finished comparison as a file: figures and names of models, no words of a note. */
export function evaluationFile(
  result: EvaluationResult,
  format: (typeof evaluationFormats)[number],
): ExportFile {
  const name = `notegrain-comparison-${result.id}.${format}`;
  if (format === "json") {
    return { name, mediaType: "application/json", content: `${JSON.stringify(result, null, 2)}\n` };
  }
  return { name, mediaType: "text/csv", content: csvTable(result) };
}

const columns = [
  "system", "model", "adapter", "selector", "type", "precision", "recall", "f1", "f1_low", "f1_high", "gold", "seconds_per_note",
  "error",
] as const; // biome-ignore format: one block reads best

/** A line a system and type; the line of all types together has the interval. */
function csvTable({ rows }: EvaluationResult): string {
  return [csvLine(columns), ...rows.flatMap(linesOf)].join("");
}

function linesOf(row: EvaluatedRow): string[] {
  const system = row.select === null ? row.paradigm : `${row.paradigm}:${row.select}`;
  const head = [system, row.model, row.adapter, row.selector];
  if (row.scores === null) {
    const { what } = describeError(row.error);
    return [csvLine([...head, null, null, null, null, null, null, null, null, `${row.error.code} ${what}`])];
  }
  const { micro, types } = row.scores;
  const support = Object.values(types).reduce((sum, type) => sum + type.support, 0);
  const all = [micro.precision, micro.recall, micro.f1, ...micro.ci95, support, row.secondsPerDocument];
  return [
    csvLine([...head, null, ...all, null]),
    ...Object.entries(types)
      .filter(([, type]) => type.support > 0)
      .map(([name, type]) =>
        csvLine([...head, name, type.precision, type.recall, type.f1, null, null, type.support, null, null]),
      ),
  ];
}
