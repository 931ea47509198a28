import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { stockModel } from "../../../test/support/stockModel.ts";
import { bareView, splitPieces } from "../document/pieces.ts";
import type { AdapterTeaching } from "../ports.ts";
import { prepareBrackets } from "./prepareBrackets.ts";
import { preparePrompt } from "./preparePrompt.ts";
import { prepareReply } from "./prepareReply.ts";
import { promptDrift, promptDriftInUse } from "./taught.ts";

/** Read by the tests of `training/`, stock_prompts.py, too. */
const fixture = JSON.parse(
  readFileSync(new URL("../../../test/fixtures/stock-prompts.json", import.meta.url), "utf8"),
) as {
  readonly records: readonly {
    readonly format: string;
    readonly language: string;
    readonly types: readonly string[];
    readonly text: string;
    readonly version: string;
    readonly sha256: string;
    readonly prompt: string;
  }[];
};

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const prepare = { grounded: preparePrompt, brackets: prepareBrackets, json: prepareReply };

test.each(fixture.records)("training asks with the words of the program: $format, $language", (record) => {
  const outputFormat = record.format as keyof typeof prepare;
  const model = stockModel(() => []);
  const language = record.language === "zh" ? "zh" : "en";
  const prompt = prepare[outputFormat](model, { types: record.types, paradigm: "zero", language });
  const source = splitPieces(record.text).map((piece, i) =>
    prompt.tokensOf(i === 0 ? bareView(piece) : piece.view),
  );
  const names = ["<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"];
  const spelled = prompt
    .prefix(source)
    .map((token) => names[token] ?? String.fromCodePoint(token - 1000))
    .join("");
  expect(spelled).toBe(record.prompt);
  const teaching = { outputFormat, prompt: record.version, promptSha256: record.sha256, types: record.types };
  expect(promptDrift(teaching, null, outputFormat, sha256)).toBeNull();
});

const teaching: AdapterTeaching = {
  outputFormat: "grounded",
  prompt: "own@1",
  promptSha256: sha256('["own@1","Age","Device"]'),
  types: ["Age", "Device"],
};

test("another version, other words and another format are found", () => {
  const own = { hasSlots: false };
  expect(promptDrift(teaching, own, "grounded", sha256)).toBeNull();
  expect(promptDrift({ ...teaching, prompt: "own@0" }, own, "grounded", sha256)).toEqual({
    taught: "own@0",
    now: "own@1",
    format: "grounded",
  });
  expect(promptDrift({ ...teaching, promptSha256: "0" }, own, "grounded", sha256)).toEqual({
    taught: "own@1 (other words)",
    now: "own@1",
    format: "grounded",
  });
  expect(promptDrift(teaching, null, "json", sha256)).toMatchObject({
    taught: "own@1",
    now: expect.stringMatching(/^zero-shot\.json@/),
  });
  expect(promptDrift(teaching, { hasSlots: true }, "grounded", sha256)).toMatchObject({ now: "episodes@1" });
});

test("nothing is said where no adapter says how it was taught", () => {
  expect(promptDriftInUse({ profile: null }, "grounded", sha256)).toBeNull();
  const selector = { outputFormat: "selector", prompt: "x", promptSha256: "", types: [] } as const;
  expect(promptDriftInUse({ profile: null, teaching: selector }, "grounded", sha256)).toBeNull();
});
