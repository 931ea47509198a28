import { Command, Option } from "commander";
import { NotegrainError } from "#contract/errors.ts";
import type { Host } from "#host/openHost.ts";
import { extractMany, type Format, formats, parseLabelMap, runPlan } from "#host/useCases.ts";
import { collectInputs } from "./inputs.ts";
import { addModelOptions, type ModelFlags, openModel } from "./modelOptions.ts";
import { createProgress } from "./progress.ts";
import { errorLine, exampleNotices, replyNotices } from "./report.ts";
import { openSinks, type SinkFlags } from "./sinks.ts";

type ExtractFlags = ModelFlags &
  SinkFlags & {
    lang: "auto" | "en" | "zh";
    encoding?: string;
    date?: string;
    map: string;
  };

/** `notegrain extract PATH…|-`: notes to entities. */
export function extractCommand(host: Host, finish: (code: number) => void): Command {
  const command = new Command("extract")
    .description("find the entities of notes: files, folders, or - for standard input")
    .argument("<path...>")
    .addOption(new Option("--format <format>", "default: table on a terminal, else json").choices(formats))
    .option("--out <dir>", "write a file an input into this folder")
    .option("--with-text", "put the text into JSON results")
    .addOption(new Option("--lang <language>").choices(["auto", "en", "zh"]).default("auto"))
    .option("--map <gold=ours,…>", "labels of the --bank under our types", "")
    .option("--encoding <name>", "encoding of the files, where it is not UTF-8 or UTF-16 with its mark")
    .option("--date <iso>", "date of the results, for FHIR; default: now")
    .option("--store <db>", "keep the results in this case store")
    .option("--resume", "skip inputs whose result is there already")
    .action(async (paths: string[], flags: ExtractFlags) => finish(await run(host, paths, flags)));
  return addModelOptions(command);
}

async function run(host: Host, paths: readonly string[], flags: ExtractFlags): Promise<number> {
  const format = flags.format ?? (process.stdout.isTTY ? "table" : "json");
  checkUsage(flags, format);
  const date = isoDate(flags.date);
  const labels = parseLabelMap(flags.map);
  const { inputs, unreadable, skipped } = await collectInputs(host, paths, flags.encoding);
  const progress = createProgress(process.stderr, "notes");
  for (const name of skipped) progress.message(`${name}: skipped, not a kind of note that can be read`);
  for (const { name, error } of unreadable) progress.message(errorLine(error, name));

  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once("SIGINT", interrupt);
  const { port, settings, faults } = await openModel(host, flags, { labels });
  try {
    for (const fault of faults) progress.message(errorLine(fault));
    const sinks = await openSinks(
      host,
      flags,
      format,
      inputs,
      unreadable.length,
      runPlan(port, settings, { language: flags.lang, encoding: flags.encoding }),
    );
    let failed = unreadable.length;
    let finished = 0;
    const partly = new Map<number, number>();
    const show = (): void => progress.update(finished + sum(partly.values()), inputs.length);
    try {
      const outcomes = extractMany(port, inputs, settings, {
        language: flags.lang,
        date,
        signal: stop.signal,
        skip: sinks.has,
        onRead: (index, share) => {
          partly.set(index, share);
          show();
        },
      });
      for await (const outcome of outcomes) {
        if (outcome.state === "failed") {
          if (outcome.error.code.startsWith("NG-MODEL"))
            throw new NotegrainError(outcome.error.code, outcome.error.params);
          failed += 1;
          progress.message(errorLine(outcome.error, outcome.name));
        } else if (outcome.state === "done") {
          for (const line of exampleNotices(outcome.extraction, outcome.name)) progress.message(line);
          for (const line of replyNotices(outcome.extraction, outcome.name)) progress.message(line);
          const lost = await sinks.take(outcome.index, outcome.extraction);
          if (lost) {
            failed += 1;
            progress.message(errorLine(lost, outcome.name));
          }
        }
        partly.delete(outcome.index);
        finished += 1;
        show();
      }
    } finally {
      progress.end();
      sinks.close();
    }
    return failed > 0 ? 1 : 0;
  } finally {
    process.removeListener("SIGINT", interrupt);
    await port.dispose();
  }
}

function checkUsage(flags: ExtractFlags, format: Format): void {
  if (flags.out === undefined && (format === "brat" || format === "html")) {
    throw new NotegrainError("NG-USAGE", { detail: `--format ${format} needs --out DIR.` });
  }
  if (flags.resume && flags.out === undefined && flags.store === undefined) {
    throw new NotegrainError("NG-USAGE", {
      detail: "--resume needs --out or --store, where finished results are.",
    });
  }
}

function isoDate(given: string | undefined): string {
  const date = given === undefined ? new Date() : new Date(given);
  if (Number.isNaN(date.getTime())) {
    throw new NotegrainError("NG-USAGE", {
      detail: "--date wants a date such as 2026-03-31 or 2026-03-31T08:30:00Z.",
    });
  }
  return date.toISOString();
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
