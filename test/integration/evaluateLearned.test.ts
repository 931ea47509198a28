import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { textMark } from "../../src/core/evaluate/learnedTexts.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { compactModel } from "../support/testModels.ts";
import { tinyGguf } from "../support/tinyGguf.ts";
import { notegrain } from "./run.ts";

const model = compactModel();
const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
beforeEach((context) => {
  if ("missing" in model) context.skip(model.missing);
});

const texts = ["Note one: took aspirin daily.", "患者\r\n头痛三天。", "Note three: took insulin daily."];
const gold = folder.file("");
for (const [i, text] of texts.entries()) {
  writeFileSync(folder.file(`n${i}.txt`), text);
  writeFileSync(
    folder.file(`n${i}.ann`),
    i === 1 ? "" : `T1\tFrequency ${text.length - 6} ${text.length - 1}\tdaily\n`,
  );
}

/** An adapter that changes nothing, and says that it learned these texts; null says nothing. */
function adapter(name: string, learned: readonly string[] | null): string {
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  const header = {
    "general.architecture": "llama",
    "general.type": "adapter",
    "adapter.type": "lora",
    "adapter.lora.alpha": 1.5,
    ...(learned && { "notegrain.learned_texts": learned.map((text) => textMark(text, hash)) }),
  };
  const path = folder.file(name);
  const pair = ["a", "b"].map((side) => ({
    name: `blk.0.attn_q.weight.lora_${side}`,
    dimensions: side === "a" ? [320, 2] : [2, 320],
  }));
  writeFileSync(path, tinyGguf(header, pair));
  return path;
}
const evaluate = (...args: string[]) =>
  notegrain(["evaluate", "--gold", gold, "--types", "Frequency", ...args]);

describe("an adapter is not scored on what it learned", () => {
  test("its documents are left out and told, in figures and in words", async () => {
    const path = adapter("some.gguf", [texts[0] ?? "", "患者\n头痛三天。\n", "Another note."]);
    const json = await evaluate("--adapter", path, "--format", "json");
    expect(json.code).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      documents: 1,
      types: { Frequency: { support: 1 } },
      learned: 2,
      leftOut: ["n0", "n1"],
    });
    const table = await evaluate("--adapter", path);
    expect(table.stdout).toMatch(/^1 document /);
    expect(table.stdout).toContain("\nleft out, as learned before: 2 of 3 documents\n");
  });

  test("rows are compared on what none of them learned", async () => {
    const path = adapter("some.gguf", [texts[2] ?? ""]);
    const args = ["--runs", "tuned", "--model", "path" in model ? model.path : "", "--adapter", path];
    const json = await evaluate(...args, "--format", "json");
    expect(JSON.parse(json.stdout)).toMatchObject({
      runs: [{ spec: "tuned", documents: 2, learned: 1 }],
      leftOut: ["n2"],
    });
    expect((await evaluate(...args)).stdout).toContain(
      "left out of every row, as learned before: 1 of 3 documents (tuned 1)\n",
    );
  });

  test("where it learned all of them, nothing is scored", async () => {
    const { code, stdout, stderr } = await evaluate("--adapter", adapter("all.gguf", texts));
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/all 3 of them.*\[NG-LEARNED\]/);
  });

  test("one that does not say is scored as ever, beside a model that does not say", async () => {
    const { stdout } = await evaluate("--adapter", adapter("silent.gguf", null), "--format", "json");
    const scores = JSON.parse(stdout);
    expect(scores.documents).toBe(3);
    expect(scores).not.toHaveProperty("learned");
    expect(scores).not.toHaveProperty("leftOut");
  });
});
