import { readFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { Command } from "commander";
import type { Host } from "#host/openHost.ts";
import { exampleNotes } from "#host/paths.ts";
import { measureSpeed } from "#host/useCases.ts";
import { collectInputs } from "./inputs.ts";

type Flags = { json?: boolean; model?: string; notes?: string; count: string };

/** `notegrain bench`: how fast a model reads on this machine, every figure taken in one run. */
export function benchCommand(host: Host, finish: (code: number) => void): Command {
  return new Command("bench")
    .description("speed and memory on this machine")
    .option("--json", "print JSON")
    .option("--model <file>", "default: the bundled compact model")
    .option("--notes <dir>", "notes to read; default: the examples")
    .option("--count <n>", "notes to take of that folder, evenly spread", "20")
    .action(async (flags: Flags) => finish(await run(host, flags)));
}

async function run(host: Host, flags: Flags): Promise<number> {
  const texts =
    flags.notes === undefined
      ? exampleNotes().map((path) => readFileSync(path, "utf8"))
      : await someNotes(host, flags.notes, Number(flags.count));
  const port = await host.loadModel({ model: flags.model });
  const speed = await measureSpeed(port, texts);
  const { name, sha256, contextTokens } = port.facts;
  await port.dispose();
  const configuration = {
    model: name,
    modelSha256: sha256,
    contextTokens,
    notes: texts.length,
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? "unknown",
    node: process.version,
  };
  if (flags.json) {
    process.stdout.write(`${JSON.stringify({ ...speed, configuration }, null, 2)}\n`);
    return 0;
  }
  const rate = (tokens: number): string => `${Math.round(tokens)} tokens/s`;
  const lines = [
    `${configuration.model} on ${configuration.cores} cores of ${configuration.processor}, one sequence, ${texts.length} notes`,
    `prefill (the bound)         ${rate(speed.prefillTokensPerSecond)}`,
    `grounded, parallel          ${rate(speed.groundedParallelTokensPerSecond)}`,
    `grounded, token by token    ${rate(speed.tokenByTokenTokensPerSecond)}`,
    `parallel over token by token  ${speed.parallelOverTokenByToken.toFixed(2)} ×`,
    `prefill over decode           ${speed.prefillOverDecode.toFixed(2)} ×`,
    `first entity after          ${speed.firstEntitySeconds === null ? "none found" : `${speed.firstEntitySeconds.toFixed(3)} s`}`,
    `peak resident memory        ${Math.round(speed.peakResidentBytes / 1e6)} MB`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  return 0;
}

/** `count` notes of a folder, evenly spread, so that a sample of a sorted folder is a fair one. */
async function someNotes(host: Host, folder: string, count: number): Promise<string[]> {
  const { inputs } = await collectInputs(host, [folder]);
  const step = Math.max(1, inputs.length / count);
  const chosen = inputs.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
  return Promise.all(chosen.map(async (input) => (await input.read()).text));
}
