import { writeFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { generate } from "#core/decode/generate.ts";
import { readLogits } from "#core/decode/readLogits.ts";
import type { InferenceSequence, TokenId } from "#core/ports.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { type TinyMetadata, tinyGguf } from "../../test/support/tinyGguf.ts";
import { TINY_HEADER, TINY_TENSORS } from "../../test/support/tinyModel.ts";
import { checkModel } from "./checkModel.ts";
import { loadModel } from "./loadModel.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

/** Opens the tiny model with another header, reads with it, and closes it. */
async function withModel<Answer>(
  more: TinyMetadata,
  use: (sequence: InferenceSequence, tokens: readonly TokenId[]) => Promise<Answer>,
): Promise<Answer> {
  const modelPath = folder.file("tiny.gguf");
  writeFileSync(modelPath, tinyGguf({ ...TINY_HEADER, ...more }, TINY_TENSORS));
  const port = await loadModel({ modelPath, parallelism: 1, threads: 1 });
  try {
    return await use(await port.openSequence(), port.tokenize("no fever"));
  } finally {
    await port.dispose();
  }
}

const readWith = (more: TinyMetadata) =>
  withModel(more, (sequence, tokens) =>
    readLogits(
      sequence,
      tokens,
      tokens.map(() => [3, 4, 5]),
    ),
  );
const writeWith = (more: TinyMetadata) =>
  withModel(more, (sequence, prompt) =>
    generate({ sequence, prompt, sharedTokens: 0, stop: [], maxTokens: 3 }),
  );
const noNumbers = { "llama.rope.freq_base": Number.NaN };

test("the model whose damage is tested runs where nothing is damaged", async () => {
  const logits = await readWith({});
  expect(logits.length).toBeGreaterThan(3);
  for (const row of logits) expect(new Set(row).size).toBe(3);
  expect((await writeWith({})).tokens).toHaveLength(3);
});

test("a model that calculates no numbers is told from one that does, in tags and in free replies", async () => {
  await expect(readWith(noNumbers)).rejects.toMatchObject({ code: "NG-MODEL-NUMBERS" });
  await expect(writeWith(noNumbers)).rejects.toMatchObject({ code: "NG-MODEL-NUMBERS" });
});

test("a check tells what ends the use of a model whose header is sound, beside what the header says", async () => {
  const path = folder.file("tiny.gguf");
  writeFileSync(path, tinyGguf({ ...TINY_HEADER, ...noNumbers }, TINY_TENSORS));
  expect(await checkModel(path)).toMatchObject({
    name: "Tiny",
    secondsPerNote: null,
    failure: { code: "NG-MODEL-NUMBERS" },
  });
  expect(await checkModel(path, { measure: false })).not.toHaveProperty("failure");
  writeFileSync(path, tinyGguf(TINY_HEADER, TINY_TENSORS.slice(0, -1)));
  expect(await checkModel(path)).toMatchObject({
    secondsPerNote: null,
    failure: { code: "NG-MODEL-LOAD", params: { name: "tiny.gguf", reason: "MODEL-LLAMA" } },
  });
  writeFileSync(path, tinyGguf(TINY_HEADER, TINY_TENSORS));
  const sound = await checkModel(path);
  expect(sound.secondsPerNote).toBeGreaterThan(0);
  expect(sound).not.toHaveProperty("failure");
});
