import { basename } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { NotegrainError } from "#contract/errors.ts";
import {
  type FewShotSettings,
  goldBank,
  type LabelMap,
  mapLabels,
  type OpenedBank,
  type SelectStrategy,
  selectStrategies,
} from "#host/useCases.ts";
import { readGold } from "./gold.ts";

/** Flags of the paradigm few. */
export type BankFlags = {
  bank?: string;
  examples?: number;
  select?: SelectStrategy;
  examplesBudget?: number;
  seed?: number;
};

const byDefault = { examples: 8, select: "bm25", examplesBudget: 1500, seed: 1 } as const;

export function addBankOptions(command: Command): Command {
  const number = (flags: string, what: string, least: number, otherwise: number): Option =>
    new Option(flags, `${what}; default: ${otherwise}`).argParser(wholeNumber(least));
  return command
    .option("--bank <path>", "examples for the paradigm few: a brat folder, or an IOB file")
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
    .addOption(number("--seed <n>", "of --select random", 0, byDefault.seed));
}

/**
 * Gold documents as a bank.
 * @param labels gold labels under our types
 * @throws NG-READ; NG-GOLD where a file of it cannot be used; NG-BANK where it holds no example
 */
export function openBank(path: string, labels?: LabelMap): OpenedBank {
  const { documents, unusable } = readGold(path);
  const name = basename(path);
  const opened = goldBank(
    name,
    documents.map((document) => mapLabels(document, labels)),
  );
  if (opened.bank.size === 0) {
    throw new NotegrainError("NG-BANK", { name, reason: "it holds no examples that can be shown" });
  }
  return { bank: opened.bank, faults: [...unusable, ...opened.faults] };
}

/** What the flags say of a bank. */
export function fewShotOf(flags: Omit<BankFlags, "bank">, bank: FewShotSettings["bank"]): FewShotSettings {
  return {
    bank,
    examples: flags.examples ?? byDefault.examples,
    select: flags.select ?? byDefault.select,
    budgetTokens: flags.examplesBudget ?? byDefault.examplesBudget,
    seed: flags.seed ?? byDefault.seed,
    excludedSources: [],
    pinned: [],
    banned: [],
  };
}

function wholeNumber(least: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
  };
}
