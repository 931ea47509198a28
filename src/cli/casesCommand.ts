import { join } from "node:path";
import { Command, Option } from "commander";
import { NotegrainError } from "#contract/errors.ts";
import type { Host } from "#host/openHost.ts";
import {
  applyThreshold,
  caseReplies,
  type Extraction,
  outputNames,
  readSettings,
  renderFiles,
  renderStream,
  type StorePort,
  textTable,
  trainingPack,
} from "#host/useCases.ts";
import { addThreshold } from "./selectorOptions.ts";

type Finish = (code: number) => void;
type ExportFormat = "csv" | "json" | "fhir" | "brat" | "training";

type ExportFlags = {
  store?: string;
  format: ExportFormat;
  out?: string;
  withText?: boolean;
  selectorThreshold?: number;
};

/** Rows of the store read at a time. */
const PAGE = 1000;

/** `notegrain cases list|show|delete|export`: the case store. */
export function casesCommand(host: Host, finish: Finish): Command {
  const command = new Command("cases").description("the case store");
  const store = (): Option =>
    new Option("--store <db>", "default: NOTEGRAIN_DATA, else the app's data folder");
  const format = (): Option => new Option("--format <format>").choices(["table", "json"]).default("table");

  command
    .command("list")
    .description("all cases, newest first")
    .addOption(store())
    .addOption(format())
    .option("--search <words>", "only cases whose notes hold these words", "")
    .action(async (flags: { store?: string; format: string; search: string }) => {
      await withStore(host, flags.store, (open) => {
        const rows = [...allCases(open, flags.search)];
        write(
          flags.format === "json"
            ? `${JSON.stringify(rows, null, 2)}\n`
            : textTable(
                [
                  { title: "case" },
                  { title: "title" },
                  { title: "state" },
                  { title: "notes", align: "right" },
                  { title: "entities", align: "right" },
                  { title: "updated" },
                ],
                rows.map((row) => [
                  String(row.caseId),
                  row.title,
                  row.state,
                  String(row.documents.length),
                  String(row.entities),
                  row.updatedAt,
                ]),
              ),
        );
      });
      finish(0);
    });

  command
    .command("show")
    .description("one case: its notes and their runs")
    .argument("<case>")
    .addOption(store())
    .option("--replies", "instead, what a model wrote freely (JSON output) in each note's latest run")
    .action(async (id: string, flags: { store?: string; replies?: boolean }) => {
      await withStore(host, flags.store, (open) => {
        const shown = flags.replies ? caseReplies(open, caseNumber(id)) : open.getCase(caseNumber(id));
        write(`${JSON.stringify(shown, null, 2)}\n`);
      });
      finish(0);
    });

  command
    .command("delete")
    .description("delete a case with its notes, runs and corrections")
    .argument("<case...>")
    .addOption(store())
    .action(async (ids: string[], flags: { store?: string }) => {
      await withStore(host, flags.store, (open) => {
        for (const id of ids) {
          const gone = open.deleteCase(caseNumber(id));
          process.stderr.write(
            `case ${id} deleted: ${gone.documents} notes, ${gone.runs} runs, ${gone.entities} entities, ${gone.corrections} corrections\n`,
          );
        }
      });
      finish(0);
    });

  const exporting = command
    .command("export")
    .description("the latest results of cases, corrections included; without a case, of all")
    .argument("[case...]")
    .addOption(store())
    .addOption(
      new Option("--format <format>").choices(["csv", "json", "fhir", "brat", "training"]).default("json"),
    )
    .option("--out <dir>", "write files into this folder")
    .option("--with-text", "put the text into JSON results");
  addThreshold(exporting).action(async (ids: string[], flags: ExportFlags) => {
    await withStore(host, flags.store, (open) => exportCases(host, open, ids.map(caseNumber), flags));
    finish(0);
  });

  return command;
}

async function exportCases(
  host: Host,
  store: StorePort,
  ids: readonly number[],
  flags: ExportFlags,
): Promise<void> {
  const { format, out } = flags;
  const chosen = ids.length > 0 ? ids : [...allCases(store, "")].map(({ caseId }) => caseId);
  const runs = chosen
    .flatMap((caseId) => store.getCase(caseId).contents)
    .flatMap(({ documentId }) => store.latestRun(documentId) ?? []);
  const extractions = runs
    .map(({ runId }) => store.extraction(runId))
    .map((each) => ({ ...each, entities: applyThreshold(each.entities, flags.selectorThreshold) }));
  const options = { withText: flags.withText === true };
  if (out === undefined) {
    if (format === "brat" || format === "training") {
      throw new NotegrainError("NG-USAGE", { detail: `--format ${format} needs --out DIR.` });
    }
    const stream = renderStream(format, extractions.length !== 1, options);
    write(stream.head + extractions.map((extraction) => stream.each(extraction)).join("") + stream.tail());
  } else {
    const files =
      format === "training"
        ? trainingPack(extractions, readSettings(store).ownTypes)
        : named(extractions, format, options);
    for (const { name, content } of files) await host.writeWhole(join(out, name), content);
    process.stderr.write(`${files.length} files written\n`);
  }
  store.recordExport({ format, fileName: null, filter: null, runIds: runs.map(({ runId }) => runId) });
}

function named(
  extractions: readonly Extraction[],
  format: Exclude<ExportFormat, "training">,
  options: { withText: boolean },
): { name: string; content: string }[] {
  const names = outputNames(extractions.map(({ document }) => document.name));
  return extractions.flatMap((extraction, index) =>
    renderFiles(format, extraction, options).map(({ extension, content }) => ({
      name: (names[index] ?? extraction.document.id) + extension,
      content,
    })),
  );
}

function* allCases(store: StorePort, search: string) {
  for (let offset = 0; ; offset += PAGE) {
    const { cases } = store.listCases({ limit: PAGE, offset, ...(search === "" ? {} : { search }) });
    yield* cases;
    if (cases.length < PAGE) return;
  }
}

async function withStore(
  host: Host,
  path: string | undefined,
  use: (store: StorePort) => void,
): Promise<void> {
  const store = await host.openStore(path, { mustExist: true });
  try {
    await use(store);
  } finally {
    store.close();
  }
}

function caseNumber(id: string): number {
  if (/^\d+$/.test(id)) return Number(id);
  throw new NotegrainError("NG-NOT-FOUND", { what: "case", name: id });
}

function write(text: string): void {
  process.stdout.write(text);
}
