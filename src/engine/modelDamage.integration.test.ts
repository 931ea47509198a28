import { writeFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { readLogits } from "#core/decode/readLogits.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { type TinyMetadata, tinyGguf } from "../../test/support/tinyGguf.ts";
import { TINY_HEADER, TINY_TENSORS } from "../../test/support/tinyModel.ts";
import { loadModel } from "./loadModel.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

async function readWith(more: TinyMetadata): Promise<(Float32Array | null)[]> {
  const modelPath = folder.file("tiny.gguf");
  writeFileSync(modelPath, tinyGguf({ ...TINY_HEADER, ...more }, TINY_TENSORS));
  const port = await loadModel({ modelPath, parallelism: 1, threads: 1 });
  try {
    const tokens = port.tokenize("no fever");
    return await readLogits(
      await port.openSequence(),
      tokens,
      tokens.map(() => [3, 4, 5]),
    );
  } finally {
    await port.dispose();
  }
}

test("the model whose damage is tested runs where nothing is damaged", async () => {
  const logits = await readWith({});
  expect(logits.length).toBeGreaterThan(3);
  for (const row of logits) expect(new Set(row).size).toBe(3);
});

test("a model that calculates no numbers is told from one that does", async () => {
  await expect(readWith({ "llama.rope.freq_base": Number.NaN })).rejects.toMatchObject({
    code: "NG-MODEL-NUMBERS",
  });
});
