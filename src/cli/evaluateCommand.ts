import { Command, Option } from "commander";
import type { Host } from "#host/openHost.ts";
import {
  type Evaluation,
  evaluateGold,
  type GoldDocument,
  type LabelMap,
  mapLabels,
  parseLabelMap,
  runSpecs,
  scoreTable,
  type UnlearnedGold,
  unlearnedGold,
} from "#host/useCases.ts";
import { openBank } from "./bankOptions.ts";
import { evaluateRows } from "./evaluateRows.ts";
import { readGold } from "./gold.ts";
import { learnedNotice } from "./learnedGold.ts";
import { addModelOptions, type ModelFlags, openModel } from "./modelOptions.ts";
import { createProgress, type Progress } from "./progress.ts";
import { errorLine } from "./report.ts";

type Flags = ModelFlags & {
  gold: string;
  map: string;
  format: "table" | "json";
  lang: "auto" | "en" | "zh";
  files?: string;
  runs?: string;
};

/** `notegrain evaluate --gold DIR`: strict scores against gold annotations. */
export function evaluateCommand(host: Host, finish: (code: number) => void): Command {
  const command = new Command("evaluate")
    .description("score a model on gold annotations: a folder of brat files, or IOB files")
    .requiredOption("--gold <path>", "brat folder, or IOB file")
    .option("--files <names>", "only these documents: names by comma, or @FILE with a name a line")
    .option("--runs <row,…>", `a table that compares rows on one backbone: ${runSpecs.join(", ")}`)
    .option("--map <gold=ours,…>", "gold labels under our types", "")
    .addOption(new Option("--format <format>").choices(["table", "json"]).default("table"))
    .addOption(new Option("--lang <language>").choices(["auto", "en", "zh"]).default("auto"))
    .action(async (flags: Flags) => finish(await run(host, flags)));
  return addModelOptions(command);
}

async function run(host: Host, flags: Flags): Promise<number> {
  const labels = parseLabelMap(flags.map);
  const { documents, unusable } = readGold(flags.gold, flags.files);
  for (const error of unusable) process.stderr.write(`${errorLine(error)}\n`);
  const gold = documents.map((document) => mapLabels(document, labels));
  const progress = createProgress(process.stderr, "documents");
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once("SIGINT", interrupt);
  try {
    const answer =
      flags.runs === undefined
        ? await evaluateOne(host, flags, { gold, labels }, stop.signal, progress)
        : await evaluateRows(
            host,
            { ...flags, runs: flags.runs },
            {
              gold,
              openExamples: (embedding, known) =>
                openBank(host, flags.bank ?? flags.gold, embedding, {
                  labels,
                  known,
                  stated: flags.bankTypes,
                }),
              signal: stop.signal,
              onProgress: progress.update,
            },
          );
    progress.end();
    for (const line of answer.failures) process.stderr.write(`${line}\n`);
    process.stdout.write(answer.output);
    return answer.code || (unusable.length > 0 ? 1 : 0);
  } finally {
    process.removeListener("SIGINT", interrupt);
  }
}

async function evaluateOne(
  host: Host,
  flags: Flags,
  { gold, labels }: { readonly gold: readonly GoldDocument[]; readonly labels: LabelMap },
  signal: AbortSignal,
  progress: Progress,
): Promise<{ output: string; failures: readonly string[]; code: number }> {
  const { port, settings, faults } = await openModel(host, flags, { path: flags.gold, labels });
  try {
    for (const fault of faults) progress.message(errorLine(fault));
    const { model, adapter, selector } = flags;
    const files = [model, ...[adapter, selector].filter((path) => path !== undefined)];
    const unlearned = await unlearnedGold(gold, [files], host.learnedTexts);
    const evaluation = await evaluateGold(
      port,
      unlearned.gold,
      settings,
      { language: flags.lang, date: new Date(0).toISOString(), signal },
      (done) => progress.update(done, unlearned.gold.length),
    );
    const { secondsPerDocument, run: info } = evaluation;
    const output =
      flags.format === "json"
        ? `${JSON.stringify({ ...evaluation, ...learnedFacts(unlearned) }, null, 2)}\n`
        : `${scoreTable(evaluation)}\n${withoutSelector(evaluation)}${calibrationLine(evaluation)}${learnedNotice(unlearned)}${secondsPerDocument.toFixed(2)} s a document, ${info?.model ?? "no model"}\n`;
    return { output, failures: [], code: 0 };
  } finally {
    await port.dispose();
  }
}

/** What the system learned of the gold; nothing where its files do not say. */
function learnedFacts({ learned: [learned = null], leftOut }: UnlearnedGold) {
  return learned === null ? {} : { learned, leftOut };
}

/** A line on the confidences; empty where the model gives none. */
function calibrationLine({ calibration }: Evaluation): string {
  return calibration === null ? "" : `calibration error of the confidences: ${calibration.ece.toFixed(3)}\n`;
}

/** A line that tells what the selector changed; empty where none judged. */
function withoutSelector({ withoutSelector: before }: Evaluation): string {
  if (before === undefined) return "";
  const { precision, recall, f1 } = before.micro;
  const [p, r, f] = [precision, recall, f1].map((value) => (value * 100).toFixed(2));
  return `without the selector: P ${p}, R ${r}, F1 ${f}\n`;
}
