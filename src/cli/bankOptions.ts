import { basename, extname } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { NotegrainError, type PlainError } from "#contract/errors.ts";
import type { Host } from "#host/openHost.ts";
import {
  type EmbeddingPort,
  type FewShotSettings,
  goldBank,
  type LabelMap,
  mapLabels,
  type SelectStrategy,
  type StoreBank,
  selectStrategies,
  storeBank,
} from "#host/useCases.ts";
import { readGold } from "./gold.ts";
import { createProgress } from "./progress.ts";

/** Flags of the paradigm few. */
export type BankFlags = {
  bank?: string;
  examples?: number;
  select?: SelectStrategy;
  examplesBudget?: number;
  seed?: number;
  encoder?: string;
};

/** Labels of a bank that a notice names. */
const MOST_LABELS = 12;

const byDefault = { examples: 8, select: "bm25", examplesBudget: 1500, seed: 1 } as const;

export function addBankOptions(command: Command): Command {
  const number = (flags: string, what: string, least: number, otherwise: number): Option =>
    new Option(flags, `${what}; default: ${otherwise}`).argParser(wholeNumber(least));
  return command
    .option("--bank <path>", "examples for the paradigm few: a brat folder, an IOB file, or a case store")
    .addOption(number("--examples <k>", "examples to show, at most", 1, byDefault.examples))
    .addOption(
      new Option(
        "--select <strategy>",
        `how examples are chosen for a note; default: ${byDefault.select}`,
      ).choices(selectStrategies),
    )
    .addOption(
      number("--examples-budget <tokens>", "tokens that all examples may take", 1, byDefault.examplesBudget),
    )
    .addOption(number("--seed <n>", "of --select random", 0, byDefault.seed))
    .option("--encoder <file>", "for --select sentence and token, an ONNX encoder; default: the bundled one");
}

/** Whether a strategy looks at vectors. */
export function needsEncoder(select: SelectStrategy | null | undefined): boolean {
  return select === "sentence" || select === "token";
}

/**
 * Gold documents, or the bank of a case store (a file that ends in .db).
 * @param embedding needed for choosing by vectors
 * @param labels gold labels under our types
 * @throws NG-READ; NG-GOLD where a file of it cannot be used; NG-BANK where it holds no example; NG-STORE-…
 */
export async function openBank(
  host: Pick<Host, "openStore">,
  path: string,
  embedding: EmbeddingPort | null,
  labels?: LabelMap,
): Promise<StoreBank> {
  const name = basename(path);
  const opened =
    extname(path) === ".db" ? await openStored(host, path, embedding) : openGold(path, embedding, labels);
  if (opened.bank.size === 0) {
    throw new NotegrainError("NG-BANK", { name, reason: "BANK-UNSHOWABLE" });
  }
  return opened;
}

async function openStored(
  host: Pick<Host, "openStore">,
  path: string,
  embedding: EmbeddingPort | null,
): Promise<StoreBank> {
  const store = await host.openStore(path, { mustExist: true });
  const progress = createProgress(process.stderr, "vectors");
  try {
    return await storeBank(basename(path), store, embedding, progress.update);
  } finally {
    progress.end();
    store.close();
  }
}

function openGold(path: string, embedding: EmbeddingPort | null, labels?: LabelMap): StoreBank {
  const { documents, unusable } = readGold(path);
  const gold = documents.map((document) => mapLabels(document, labels));
  const progress = createProgress(process.stderr, "vectors");
  const { bank, faults } = goldBank(basename(path), gold, embedding, (done, total) => {
    progress.update(done, total);
    if (done === total) progress.end();
  });
  return { bank, faults: [...unusable, ...faults], pinned: [], banned: [] };
}

/** That a bank has no mark of a type that is asked for, where so it is: its examples then teach to find nothing. */
export function labelFault(opened: StoreBank | null, types: readonly string[]): PlainError[] {
  if (opened === null || types.some((type) => opened.bank.types.has(type))) return [];
  const { name, types: labels } = opened.bank;
  return [
    { code: "NG-LABELS", params: { name, labels: [...labels].slice(0, MOST_LABELS).join(", ") || "–" } },
  ];
}

/** What the flags say of a bank. */
export function fewShotOf(
  flags: Omit<BankFlags, "bank">,
  { bank, pinned, banned }: StoreBank,
): FewShotSettings {
  return {
    bank,
    examples: flags.examples ?? byDefault.examples,
    select: flags.select ?? byDefault.select,
    budgetTokens: flags.examplesBudget ?? byDefault.examplesBudget,
    seed: flags.seed ?? byDefault.seed,
    excludedSources: [],
    pinned,
    banned,
  };
}

function wholeNumber(least: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
  };
}
