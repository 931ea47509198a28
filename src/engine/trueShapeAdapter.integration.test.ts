import { writeFileSync } from "node:fs";
import { afterAll, beforeEach, expect, test } from "vitest";
import { decodeWindow } from "#core/decode/decodeWindow.ts";
import { preparePrompt } from "#core/prompt/preparePrompt.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { trueShapeModel } from "../../test/support/testModels.ts";
import { type TinyTensor, tinyGguf } from "../../test/support/tinyGguf.ts";
import { checkModel } from "./checkModel.ts";
import { loadModel } from "./loadModel.ts";
import { openModelFile } from "./modelFile.ts";
import { sampleWindows } from "./sampleWindows.ts";

const made = trueShapeModel();
const modelPath = "path" in made ? made.path : "";
const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
beforeEach((context) => {
  if ("missing" in made) context.skip(made.missing);
});

/** Rank of the adapter, as the paper on tagging has it (arXiv 2510.08902). */
const RANK = 64;
const ADAPTED = /^blk\.\d+\.(attn_(q|k|v|output)|ffn_(gate|up|down))\.weight$/;

/** An adapter of random matrices beside every linear layer of the model. */
async function randomAdapter(): Promise<{ path: string; bytes: number }> {
  const { facts } = await openModelFile(modelPath);
  const pairs = [...facts.tensors]
    .filter(([name]) => ADAPTED.test(name))
    .flatMap(
      ([
        name,
        {
          dimensions: [inside = 0, outside = 0],
        },
      ]): TinyTensor[] => [
        { name: `${name}.lora_a`, dimensions: [inside, RANK], spread: 1 / Math.sqrt(inside) },
        { name: `${name}.lora_b`, dimensions: [RANK, outside], spread: 0.05 },
      ],
    );
  const bytes = tinyGguf(
    {
      "general.architecture": "llama",
      "general.type": "adapter",
      "adapter.type": "lora",
      "adapter.lora.alpha": 16.5,
    },
    pairs,
  );
  const path = folder.file("random.gguf");
  writeFileSync(path, bytes);
  return { path, bytes: bytes.length };
}

async function readWith(adapterPath?: string) {
  const port = await loadModel({
    modelPath,
    parallelism: 1,
    ...(adapterPath !== undefined && { adapterPath }),
  });
  try {
    const paradigm = adapterPath === undefined ? "zero" : "tuned";
    const prompt = preparePrompt(port, { types: ["Sign_symptom", "Medication"], paradigm });
    const [sample] = sampleWindows(prompt, "Chest pain for 3 h; aspirin.");
    if (sample === undefined) throw new Error("no window");
    const sequence = await port.openSequence();
    const { output } = await decodeWindow({
      ...prompt.decoding,
      ...sample,
      sequence,
      contextTokens: port.facts.contextTokens,
      strategy: "parallel",
    });
    return { output, resident: process.memoryUsage.rss() };
  } finally {
    await port.dispose();
  }
}

test("at LLaMA 3's vocabulary an adapter loads, is asked as tuned, decodes, and its memory is measured", async () => {
  const { path, bytes } = await randomAdapter();
  const plain = await readWith();
  const adapted = await readWith(path);
  const megabytes = (count: number) => `${Math.round(count / 1e6)} MB`;
  process.stdout.write(
    `adapter of rank ${RANK}, ${megabytes(bytes)}: the whole process ${megabytes(plain.resident)} without, ` +
      `${megabytes(adapted.resident)} with\n`,
  );
  const spelled = (output: typeof plain.output) => output.map(({ token, margin }) => [token, margin]);
  expect(spelled(adapted.output)).not.toEqual(spelled(plain.output));
  expect(adapted.output.length).toBeGreaterThan(10);
  expect((await checkModel(path, { basePath: modelPath })).adapter).toEqual({
    fitsBase: true,
    changesOutput: true,
    reason: null,
  });
}, 1_800_000); // the larger shapes of NOTEGRAIN_LLAMA3_SHAPE, on a busy machine
