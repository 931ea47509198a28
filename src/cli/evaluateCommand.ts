import { Command, Option } from "commander";
import type { Host } from "#host/openHost.ts";
import { evaluateGold, mapLabels, parseLabelMap, scoreTable } from "#host/useCases.ts";
import { readGold } from "./gold.ts";
import { addModelOptions, type ModelFlags, openModel } from "./modelOptions.ts";
import { createProgress } from "./progress.ts";
import { errorLine } from "./report.ts";

type Flags = ModelFlags & {
  gold: string;
  map: string;
  format: "table" | "json";
  lang: "auto" | "en" | "zh";
  files?: string;
};

/** `notegrain evaluate --gold DIR`: strict scores against gold annotations. */
export function evaluateCommand(host: Host, finish: (code: number) => void): Command {
  const command = new Command("evaluate")
    .description("score a model on gold annotations: a folder of brat files, or IOB files")
    .requiredOption("--gold <path>", "brat folder, or IOB file")
    .option("--files <names>", "only these documents: names by comma, or @FILE with a name a line")
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
  const { port, settings } = await openModel(host, flags);
  const progress = createProgress(process.stderr, "documents");
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once("SIGINT", interrupt);
  try {
    const evaluation = await evaluateGold(
      port,
      documents.map((document) => mapLabels(document, labels)),
      settings,
      { language: flags.lang, date: new Date(0).toISOString(), signal: stop.signal },
      (done) => progress.update(done, documents.length),
    );
    progress.end();
    const { secondsPerDocument, run: info } = evaluation;
    process.stdout.write(
      flags.format === "json"
        ? `${JSON.stringify(evaluation, null, 2)}\n`
        : `${scoreTable(evaluation)}\n${secondsPerDocument.toFixed(2)} s a document, ${info?.model ?? "no model"}\n`,
    );
    return unusable.length > 0 ? 1 : 0;
  } finally {
    process.removeListener("SIGINT", interrupt);
    await port.dispose();
  }
}
