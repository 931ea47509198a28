import { basename } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { NotegrainError, type PlainError } from "#contract/errors.ts";
import { openEncoder } from "#host/openEncoder.ts";
import type { Host } from "#host/openHost.ts";
import {
  type ExtractSettings,
  entityTypes,
  type InferencePort,
  isTuned,
  knownTypes,
  type LabelMap,
  type OutputFormat,
  type Paradigm,
  promptDriftInUse,
  readOwnTypes,
  recallLevels,
  sha256Hex,
  typeNames,
} from "#host/useCases.ts";
import {
  addBankOptions,
  type BankFlags,
  bankFaults,
  fewShotOf,
  needsEncoder,
  openBank,
} from "./bankOptions.ts";
import { readText } from "./readText.ts";
import { addSelectorOptions, type SelectorFlags, selectorRuleOf } from "./selectorOptions.ts";

/** Flags that choose the model and how it is asked. */
export type ModelFlags = BankFlags &
  SelectorFlags & {
    model?: string;
    adapter?: string;
    paradigm?: Paradigm;
    outputFormat: OutputFormat;
    recall?: number;
    types?: string;
    typesFile?: string;
  };

export function addModelOptions(command: Command): Command {
  command
    .option("--model <file>", "a GGUF model of LLaMA architecture; default: the bundled compact model")
    .option("--adapter <file>", "a LoRA adapter (GGUF) for it")
    .addOption(
      new Option("--paradigm <paradigm>", "default: tuned, or zero for a stock model").choices([
        "zero",
        "few",
        "tuned",
      ]),
    )
    .addOption(
      new Option("--output-format <format>", "how the model answers: tags, a line a type, or a JSON list")
        .choices(["grounded", "brackets", "json"])
        .default("grounded"),
    )
    .option(
      "--recall <level>",
      "how much the bundled model finds: low, balanced, high, or a number that is added to its bias",
      readRecall,
    )
    .option("--types <a,b>", "only these types")
    .option("--types-file <file>", 'types of your own (JSON): [{"name", "definition", "examples"?}]');
  return addSelectorOptions(addBankOptions(command));
}

function readRecall(words: string): number {
  const level = new Map<string, number>(Object.entries(recallLevels)).get(words);
  const value = level ?? Number(words);
  if (words.trim() !== "" && Math.abs(value) <= 10) return value;
  throw new InvalidArgumentError("It must be low, balanced, high, or a number from -10 to 10.");
}

/** What a command reads with, and what was left out of its example bank or speaks against its adapter. */
export type OpenedModel = {
  readonly port: InferencePort;
  readonly settings: ExtractSettings;
  readonly faults: readonly PlainError[];
};

/**
 * Loads the model and says what will be asked of it.
 * @param examples of the paradigm few: their path where `--bank` names none, and their labels under our types
 * @throws NG-USAGE; NG-TYPES for an unknown type or a list of types that cannot be used; NG-READ, NG-BANK; what
 * loading throws
 */
export async function openModel(
  host: Host,
  flags: ModelFlags,
  examples: { readonly path?: string; readonly labels?: LabelMap } = {},
): Promise<OpenedModel> {
  const types = readTypes(flags);
  const path = bankPath(flags, examples.path);
  const embedding = path !== null && needsEncoder(flags.select) ? await openEncoder(flags.encoder) : null;
  const { labels } = examples;
  const corpus = { labels, known: types.known, stated: flags.bankTypes };
  const opened = path === null ? null : await openBank(host, path, embedding, corpus);
  const rule = selectorRuleOf(flags);
  const { port, selector } = await load(host, flags);
  const asked = { ...types.of(port), outputFormat: flags.outputFormat };
  return {
    // To dispose of the model lets go of the encoder too.
    port: embedding
      ? { ...port, dispose: async () => void (await Promise.all([embedding.dispose(), port.dispose()])) }
      : port,
    settings: {
      ...asked,
      paradigm: flags.paradigm ?? (isTuned(port.facts) ? "tuned" : "zero"),
      recall: flags.recall,
      fewShot: opened ? fewShotOf(flags, opened) : undefined,
      judging: selector && { port: selector, rule },
    },
    faults: [...(opened?.faults ?? []), ...bankFaults(opened, asked), ...otherPrompt(port, flags)],
  };
}

/** What speaks against the way in which an adapter is about to be asked. */
function otherPrompt({ facts }: InferencePort, { adapter = "", outputFormat }: ModelFlags): PlainError[] {
  const drift = promptDriftInUse(facts, outputFormat, sha256Hex);
  return drift ? [{ code: "NG-ADAPTER-PROMPT", params: { name: basename(adapter), ...drift } }] : [];
}

async function load(
  host: Host,
  { model, adapter, selector }: ModelFlags,
): Promise<{ port: InferencePort; selector?: InferencePort }> {
  if (selector === undefined) return { port: await host.loadModel({ model, adapter }) };
  return host.loadJudged({ model, adapter, selector });
}

/** Where the examples of the paradigm few are; null for the others, to which they mean nothing. */
function bankPath({ paradigm, bank }: ModelFlags, other: string | undefined): string | null {
  if (paradigm !== "few" && bank !== undefined) {
    throw new NotegrainError("NG-USAGE", { detail: "--bank is for --paradigm few." });
  }
  if (paradigm !== "few") return null;
  const path = bank ?? other;
  if (path !== undefined) return path;
  throw new NotegrainError("NG-USAGE", { detail: "--paradigm few needs --bank, where its examples are." });
}

/**
 * The types that there are (`known`), and which are asked for: those named by `--types`, else all that a model knows and
 * all of the user's own.
 * @throws NG-TYPES, NG-READ
 */
export function readTypes(flags: Pick<ModelFlags, "types" | "typesFile">): {
  readonly known: ReadonlySet<string>;
  of(port: InferencePort): Pick<ExtractSettings, "types" | "ownTypes">;
} {
  const ownTypes = flags.typesFile === undefined ? [] : readOwnTypes(readText(flags.typesFile));
  const builtIn = entityTypes.map(({ name }) => name);
  const added = ownTypes.map(({ name }) => name);
  const known = typeNames(ownTypes);
  const wanted = flags.types?.split(",").map((name) => name.trim());
  for (const name of wanted ?? []) {
    if (!known.has(name)) {
      throw new NotegrainError("NG-TYPES", { detail: "TYPE-UNKNOWN", type: name });
    }
  }
  return {
    known,
    of(port) {
      const trained = knownTypes(port.facts);
      const offered = [
        ...builtIn.filter((name) => wanted !== undefined || (trained?.includes(name) ?? true)),
        ...added,
      ];
      return { types: offered.filter((name) => wanted?.includes(name) ?? true), ownTypes };
    },
  };
}
