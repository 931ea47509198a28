import { Command } from "commander";
import { expect, test } from "vitest";
import { addSelectorOptions, selectorRuleOf } from "./selectorOptions.ts";

function ruleOf(...args: string[]) {
  const command = addSelectorOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  return selectorRuleOf(command.parse(args, { from: "user" }).opts());
}

test("the border and who is asked can be told; else the middle, and all", () => {
  expect(ruleOf()).toEqual({ threshold: 0.5, below: null });
  expect(ruleOf("--selector", "s.gguf")).toEqual({ threshold: 0.5, below: null });
  const told = ["--selector", "s.gguf", "--selector-threshold", "0", "--selector-below", "0.8"];
  expect(ruleOf(...told)).toEqual({ threshold: 0, below: 0.8 });
});

test.each(["", "half", "1.1", "-0.1", "NaN"])("%j is no probability", (words) => {
  expect(() => ruleOf("--selector", "s.gguf", `--selector-threshold=${words}`)).toThrow();
});

test.each(["--selector-threshold", "--selector-below"])("%s means nothing without a selector", (flag) => {
  expect(() => ruleOf(flag, "0.5")).toThrow(expect.objectContaining({ code: "NG-USAGE" }));
});
