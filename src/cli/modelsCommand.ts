import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { Command, Option } from "commander";
import { exitCode, fromPlainError, NotegrainError } from "#contract/errors.ts";
import type { ModelReport } from "#contract/records.ts";
import { openModelLibrary } from "#host/modelLibrary.ts";
import type { Host } from "#host/openHost.ts";
import { dataFolder } from "#host/paths.ts";
import { textTable } from "#host/useCases.ts";
import { megabytes, reportTable } from "./modelReportTable.ts";
import { errorLine } from "./report.ts";

type Library = ReturnType<typeof openModelLibrary>;

/** `notegrain models list|check|add`: what is installed, and whether a file would work here. */
export function modelsCommand(host: Host, finish: (code: number) => void): Command {
  const command = new Command("models").description("the models of this computer");
  const format = (): Option => new Option("--format <format>").choices(["table", "json"]).default("table");
  const print = (asJson: boolean, value: unknown, table: () => string): void => {
    process.stdout.write(asJson ? `${JSON.stringify(value, null, 2)}\n` : table());
  };

  command
    .command("list")
    .description("installed models and adapters")
    .addOption(format())
    .action(async (flags: { format: string }) => {
      const models = await withLibrary(host, (library) => library.list());
      print(flags.format === "json", models, () =>
        textTable(
          [
            { title: "id" },
            { title: "name" },
            { title: "kind" },
            { title: "size", align: "right" },
            { title: "licence" },
          ],
          models.map(({ id, present, report }) => [
            id,
            report.name + (present ? "" : " (file gone)"),
            report.kind,
            megabytes(report.fileBytes),
            report.licence ?? "unknown",
          ]),
        ),
      );
      finish(0);
    });

  command
    .command("check")
    .description("what a GGUF file is, whether it fits into memory, how fast it would be")
    .argument("<file>")
    .addOption(format())
    .action(async (file: string, flags: { format: string }) => {
      const report = await withLibrary(host, (library) => library.check(resolve(file)));
      print(flags.format === "json", report, () => reportTable(report));
      const { failure } = report;
      if (failure) process.stderr.write(`${errorLine(failure)}\n`);
      finish(failure ? exitCode(failure) : suits(report) ? 0 : 3);
    });

  command
    .command("add")
    .description("check a GGUF file and add it to the installed models; it stays where it is")
    .argument("<file>")
    .action(async (file: string) => {
      await withLibrary(host, async (library) => {
        const report = await library.check(resolve(file));
        if (report.failure) throw fromPlainError(report.failure);
        if (!suits(report)) {
          const mute =
            report.adapter?.changesOutput === false ? "it does not change what the model says" : null;
          const reason = report.adapter?.reason ?? mute ?? "it needs more memory than there is";
          throw new NotegrainError("NG-MODEL-UNFIT", { name: report.fileName, reason });
        }
        await library.add(resolve(file), report);
        const warning = promptWarning(report);
        if (warning) process.stderr.write(`${warning}\n`);
        process.stderr.write(`${report.name} added as ${report.sha256.slice(0, 16)}\n`);
      });
      finish(0);
    });

  return command;
}

async function withLibrary<Value>(host: Host, use: (library: Library) => Promise<Value>): Promise<Value> {
  mkdirSync(dataFolder(), { recursive: true });
  const store = await host.openStore();
  try {
    return await use(openModelLibrary(store, dataFolder()));
  } finally {
    store.close();
  }
}

function suits(report: ModelReport): boolean {
  return report.fitsMemory && (report.adapter?.fitsBase ?? true) && (report.adapter?.changesOutput ?? true);
}

/** That an adapter learned another prompt than this program asks with. */
function promptWarning({ fileName, adapter }: ModelReport): string | null {
  const drift = adapter?.otherPrompt;
  if (!drift) return null;
  return errorLine({ code: "NG-ADAPTER-PROMPT", params: { name: fileName, ...drift } });
}
