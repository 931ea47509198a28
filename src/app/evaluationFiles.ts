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
  "error", "learned", "left_out",
] as const; // biome-ignore format: one block reads best

/** A line a system and type; that of all types together has the interval, and the notes learned and left out. */
function csvTable({ rows, leftOut = [] }: EvaluationResult): string {
  return [csvLine(columns), ...rows.flatMap((row) => linesOf(row, leftOut.length))].join("");
}

function linesOf(row: EvaluatedRow, leftOut: number): string[] {
  const line = (cells: Partial<Record<(typeof columns)[number], string | number | null>>) =>
    csvLine(columns.map((column) => cells[column] ?? null));
  const system = row.select === null ? row.paradigm : `${row.paradigm}:${row.select}`;
  const head = { system, model: row.model, adapter: row.adapter, selector: row.selector };
  const whole = { ...head, learned: row.learned ?? null, left_out: leftOut };
  if (row.scores === null) {
    return [line({ ...whole, error: `${row.error.code} ${describeError(row.error).what}` })];
  }
  const { micro, types } = row.scores;
  const { ci95, ...figures } = micro;
  const gold = Object.values(types).reduce((sum, type) => sum + type.support, 0);
  const interval = { f1_low: ci95[0], f1_high: ci95[1] };
  return [
    line({ ...whole, ...figures, ...interval, gold, seconds_per_note: row.secondsPerDocument }),
    ...Object.entries(types)
      .filter(([, { support }]) => support > 0)
      .map(([type, { support, ...scores }]) => line({ ...head, type, ...scores, gold: support })),
  ];
}
