import { type Command, InvalidArgumentError } from "commander";
import { NotegrainError } from "#contract/errors.ts";
import { defaultSelectorRule, type SelectorRule } from "#host/useCases.ts";

/** Flags of the selector. */
export type SelectorFlags = { selector?: string; selectorThreshold?: number; selectorBelow?: number };

export function addSelectorOptions(command: Command): Command {
  return addThreshold(
    command.option(
      "--selector <file>",
      "a selector (GGUF) that judges each span: an adapter, or a stock model",
    ),
  ).option(
    "--selector-below <confidence>",
    "ask it only about spans below this confidence; default: all",
    share,
  );
}

/** The flag that moves the border between what is kept and what is dropped. */
export function addThreshold(command: Command): Command {
  return command.option(
    "--selector-threshold <probability>",
    `spans that the selector finds less likely are dropped; default: ${defaultSelectorRule.threshold}`,
    share,
  );
}

/** @throws NG-USAGE where the flags mean nothing without `--selector` */
export function selectorRuleOf({ selector, selectorThreshold, selectorBelow }: SelectorFlags): SelectorRule {
  if (selector === undefined && (selectorThreshold !== undefined || selectorBelow !== undefined)) {
    throw new NotegrainError("NG-USAGE", {
      detail: "--selector-threshold and --selector-below need --selector.",
    });
  }
  return {
    threshold: selectorThreshold ?? defaultSelectorRule.threshold,
    below: selectorBelow ?? defaultSelectorRule.below,
  };
}

function share(words: string): number {
  const value = Number(words);
  if (words.trim() !== "" && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError("It must be a number from 0 to 1.");
}
