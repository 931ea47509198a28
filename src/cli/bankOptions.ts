import { basename, extname } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { NotegrainError, type PlainError } from "#contract/errors.ts";
import type { Host } from "#host/openHost.ts";
import {
  type CorpusScheme,
  type EmbeddingPort,
  type ExtractSettings,
  type FewShotSettings,
  goldBank,
  type LabelMap,
  mapLabels,
  type SelectStrategy,
  type StoreBank,
  schemeOf,
  selectStrategies,
  storeBank,
  unreadFault,
} from "#host/useCases.ts";
import { readGold } from "./gold.ts";
import { createProgress } from "./progress.ts";

/** Flags of the paradigm few. */
export type BankFlags = {
  bank?: string;
  bankTypes?: readonly string[] | "all";
  examples?: number;
  select?: SelectStrategy;
  examplesBudget?: number;
  seed?: number;
  encoder?: string;
};

/** What is known of annotated files apart from their bytes. */
export type BankCorpus = CorpusScheme & { readonly labels?: LabelMap | undefined };

/** Labels of a bank that a notice names. */
const MOST_LABELS = 12;

const byDefault = { examples: 8, select: "bm25", examplesBudget: 1500, seed: 1 } as const;

export function addBankOptions(command: Command): Command {
  const number = (flags: string, what: string, least: number, otherwise: number): Option =>
    new Option(flags, `${what}; default: ${otherwise}`).argParser(wholeNumber(least));
  return command
    .option("--bank <path>", "examples for the paradigm few: a brat folder, an IOB file, or a case store")
    .option(
      "--bank-types <a,b|all>",
      "types that an annotated bank was read for; default: those that its labels name, where it has labels of its own, else all",
      readBankTypes,
    )
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
 * @param corpus of gold documents: their labels under our types, and what they were read for
 * @throws NG-READ; NG-GOLD where a file of it cannot be used; NG-BANK where it holds no example; NG-STORE-…;
 * NG-USAGE where it is said of a case store, which knows it itself, what it was read for
 */
export async function openBank(
  host: Pick<Host, "openStore">,
  path: string,
  embedding: EmbeddingPort | null,
  corpus: BankCorpus,
): Promise<StoreBank> {
  const name = basename(path);
  const isStore = extname(path) === ".db";
  if (isStore && corpus.stated !== undefined) {
    throw new NotegrainError("NG-USAGE", { detail: "--bank-types is for annotated files, not for a store." });
  }
  const opened = isStore ? await openStored(host, path, embedding) : openGold(path, embedding, corpus);
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

function openGold(
  path: string,
  embedding: EmbeddingPort | null,
  { labels, ...scheme }: BankCorpus,
): StoreBank {
  const { documents, unusable } = readGold(path);
  // By its own names: what these tell of it is told before they are mapped.
  const gold = documents.map(schemeOf(documents, scheme)).map((document) => mapLabels(document, labels));
  const progress = createProgress(process.stderr, "vectors");
  const { bank, faults } = goldBank(basename(path), gold, embedding, (done, total) => {
    progress.update(done, total);
    if (done === total) progress.end();
  });
  return { bank, faults: [...unusable, ...faults], pinned: [], banned: [] };
}

/**
 * What speaks against a bank for the types that are asked for: that no mark is of any of them, so that its examples
 * teach to find nothing, and that examples were not read for all of them.
 */
export function bankFaults(
  opened: StoreBank | null,
  wanted: Pick<ExtractSettings, "types" | "outputFormat">,
): PlainError[] {
  if (opened === null) return [];
  const { name, types: labels } = opened.bank;
  const unread = unreadFault(opened.bank, wanted);
  const isMarked = wanted.types.some((type) => labels.has(type));
  const listed = [...labels].slice(0, MOST_LABELS).join(", ") || "–";
  return [
    ...(isMarked ? [] : [{ code: "NG-LABELS", params: { name, labels: listed } } as const]),
    ...(unread ? [unread] : []),
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

function readBankTypes(words: string): readonly string[] | "all" {
  if (words.trim() === "all") return "all";
  const types = words.split(",").flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));
  if (types.length > 0) return types;
  throw new InvalidArgumentError("It must be all, or names of types.");
}

function wholeNumber(least: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
  };
}
