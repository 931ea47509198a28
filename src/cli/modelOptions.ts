import { type Command, Option } from "commander";
import { NotegrainError } from "#contract/errors.ts";
import type { Host } from "#host/openHost.ts";
import {
  type ExtractSettings,
  entityTypes,
  type InferencePort,
  type OutputFormat,
  type Paradigm,
  readOwnTypes,
} from "#host/useCases.ts";
import { readText } from "./readText.ts";

/** Flags that choose the model and how it is asked. */
export type ModelFlags = {
  model?: string;
  adapter?: string;
  paradigm?: Paradigm;
  outputFormat: OutputFormat;
  types?: string;
  typesFile?: string;
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
    .addOption(
      new Option("--output-format <format>", "how the model answers: tags, a line a type, or a JSON list")
        .choices(["grounded", "brackets", "json"])
        .default("grounded"),
    )
    .option("--types <a,b>", "only these types")
    .option("--types-file <file>", 'types of your own (JSON): [{"name", "definition", "examples"?}]');
}

/**
 * Loads the model and says what will be asked of it.
 * @throws NG-TYPES for an unknown type or a list of types that cannot be used; NG-READ; what loading throws
 */
export async function openModel(
  host: Host,
  flags: ModelFlags,
): Promise<{ port: InferencePort; settings: ExtractSettings }> {
  const types = readTypes(flags);
  const port = await host.loadModel({ model: flags.model, adapter: flags.adapter });
  const paradigm = flags.paradigm ?? (port.facts.profile ? "tuned" : "zero");
  return { port, settings: { ...types.of(port), paradigm, outputFormat: flags.outputFormat } };
}

/**
 * The types that are asked for: those named by `--types`, else all that a model knows and all of the user's own.
 * @throws NG-TYPES, NG-READ
 */
export function readTypes(flags: Pick<ModelFlags, "types" | "typesFile">): {
  of(port: InferencePort): Pick<ExtractSettings, "types" | "ownTypes">;
} {
  const ownTypes = flags.typesFile === undefined ? [] : readOwnTypes(readText(flags.typesFile));
  const builtIn = entityTypes.map(({ name }) => name);
  const added = ownTypes.map(({ name }) => name);
  const wanted = flags.types?.split(",").map((name) => name.trim());
  for (const name of wanted ?? []) {
    if (![...builtIn, ...added].includes(name)) {
      throw new NotegrainError("NG-TYPES", { detail: `There is no type "${name}".` });
    }
  }
  return {
    of(port) {
      const trained = port.facts.profile?.open;
      const offered = [
        ...builtIn.filter((name) => wanted !== undefined || (trained?.has(name) ?? true)),
        ...added,
      ];
      return { types: offered.filter((name) => wanted?.includes(name) ?? true), ownTypes };
    },
  };
}
