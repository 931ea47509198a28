import type { ModelReport } from "#contract/records.ts";

/** What a file is, a line each: the title, and what there is to say. */
export function reportTable(report: ModelReport): string {
  const yes = (answer: boolean): string => (answer ? "yes" : "NO");
  const rows: [string, string][] = [
    ["file", report.fileName],
    ["kind", report.kind],
    ["name", report.name],
    [
      "architecture",
      `${report.architecture}, ${(report.parameters / 1e6).toFixed(1)} million weights, ${report.layers} layers of ${report.width}, ${report.vocabulary} tokens`,
    ],
    ["quantisation", report.quantisation],
    ["context", `${report.contextTokens} tokens`],
    ["licence", report.licence ?? "unknown"],
    ["size", megabytes(report.fileBytes)],
    ["sha256", report.sha256],
    [
      "memory",
      `needs ${megabytes(report.memoryNeededBytes)}, ${megabytes(report.memoryAvailableBytes)} free; fits: ${yes(report.fitsMemory)}`,
    ],
    ["a note of 600 words", timeOf(report)],
    ["own tags", report.grounded ? `yes, ${report.types.length} types` : "no; zero-shot prompts"],
  ];
  if (report.adapter) {
    const { fitsBase, changesOutput, reason, otherPrompt } = report.adapter;
    rows.push(["fits an installed base", reason ? `${yes(fitsBase)}: ${reason}` : yes(fitsBase)]);
    rows.push(["changes the output", changesOutput === null ? "not tried" : yes(changesOutput)]);
    if (otherPrompt) rows.push(["trained with", `${otherPrompt.taught}; asked with ${otherPrompt.now}`]);
  }
  const width = Math.max(...rows.map(([title]) => title.length));
  return rows.map(([title, words]) => `${title.padEnd(width)}  ${words}\n`).join("");
}

function timeOf({ secondsPerNote, failure }: ModelReport): string {
  if (secondsPerNote !== null) return `about ${secondsPerNote.toFixed(1)} s`;
  return failure ? `cannot be read [${failure.code}]` : "not measured";
}

/** "14 MB": powers of ten. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}
