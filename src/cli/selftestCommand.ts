import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { NotegrainError } from "#contract/errors.ts";
import type { Host } from "#host/openHost.ts";
import { exampleNotes } from "#host/paths.ts";
import { extractMany, formats, keepRun, renderFiles, runPlan } from "#host/useCases.ts";
import { watchNetwork } from "#host/watchNetwork.ts";
import { openModel } from "./modelOptions.ts";

/** `notegrain selftest --offline`: a full run under watch for sockets and name look-ups. */
export function selftestCommand(host: Host, finish: (code: number) => void): Command {
  return new Command("selftest")
    .description("prove on this machine that a full run uses no network")
    .requiredOption("--offline", "watch for sockets and name look-ups")
    .action(async () => finish(await run(host)));
}

/** Loads the model, reads the example notes, stores them, and renders every format. */
async function run(host: Host): Promise<number> {
  const watch = watchNetwork();
  const folder = mkdtempSync(join(tmpdir(), "notegrain-selftest-"));
  const { port, settings } = await openModel(host, { outputFormat: "grounded" });
  const store = await host.openStore(join(folder, "cases.db"));
  let notes = 0;
  let entities = 0;
  try {
    const plan = runPlan(port, settings, { language: "auto" });
    const inputs = exampleNotes().map((path) => ({ name: path, read: () => host.readNote(path) }));
    const options = {
      language: "auto",
      date: new Date().toISOString(),
      onRead: () => watch.sample(),
    } as const;
    for await (const outcome of extractMany(port, inputs, settings, options)) {
      if (outcome.state === "failed") throw new NotegrainError(outcome.error.code, outcome.error.params);
      if (outcome.state === "skipped") continue;
      keepRun(store, outcome.extraction, plan);
      for (const format of formats) renderFiles(format, outcome.extraction, { withText: true });
      notes += 1;
      entities += outcome.extraction.entities.length;
    }
  } finally {
    store.close();
    await port.dispose();
    rmSync(folder, { recursive: true });
  }
  const { seen, systemSockets } = watch.end();
  const report = {
    schema: "notegrain/selftest@1",
    offline: seen.length === 0,
    networkUse: seen,
    watched: systemSockets ? ["node", "system"] : ["node"],
    notes,
    entities,
    model: port.facts.name,
    modelSha256: port.facts.sha256,
    platform: `${process.platform}-${process.arch}`,
    date: new Date().toISOString(),
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  return report.offline ? 0 : 1;
}
