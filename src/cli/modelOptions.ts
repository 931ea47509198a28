import { type Command, Option } from "commander";
import { NotegrainError } from "#contract/errors.ts";
import type { Host } from "#host/openHost.ts";
import {
  type ExtractSettings,
  entityTypes,
  type InferencePort,
  type OutputFormat,
  type Paradigm,
} from "#host/useCases.ts";

/** Flags that choose the model and how it is asked. */
export type ModelFlags = {
  model?: string;
  adapter?: string;
  paradigm?: Paradigm;
  outputFormat: OutputFormat;
  types?: string;
};

export function addModelOptions(command: Command): Command {
  return command
    .option("--model <file>", "a GGUF model of LLaMA architecture; default: the bundled compact model")
    .option("--adapter <file>", "a LoRA adapter (GGUF) for it")
    .addOption(
      new Option("--paradigm <paradigm>", "default: tuned, or zero for a stock model").choices([
        "zero",
        "tuned",
      ]),
    )
    .addOption(new Option("--output-format <format>").choices(["grounded"]).default("grounded"))
    .option("--types <a,b>", "only these types");
}

/**
 * Loads the model and says what will be asked of it.
 * @throws NG-TYPES for an unknown type; what loading throws
 */
export async function openModel(
  host: Host,
  flags: ModelFlags,
): Promise<{ port: InferencePort; settings: ExtractSettings }> {
  const wanted = flags.types?.split(",").map((name) => name.trim());
  const known = new Set(entityTypes.map(({ name }) => name));
  for (const name of wanted ?? []) {
    if (!known.has(name)) throw new NotegrainError("NG-TYPES", { detail: `There is no type "${name}".` });
  }
  const port = await host.loadModel({ model: flags.model, adapter: flags.adapter });
  const own = port.facts.profile?.open;
  const types = entityTypes
    .map(({ name }) => name)
    .filter((name) => (wanted ? wanted.includes(name) : (own?.has(name) ?? true)));
  const paradigm = flags.paradigm ?? (own ? "tuned" : "zero");
  return { port, settings: { types, paradigm, outputFormat: flags.outputFormat } };
}
