import { writeFileSync } from "node:fs";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { InferencePort } from "#core/ports.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { compactModel } from "../../test/support/testModels.ts";
import { tinyGguf } from "../../test/support/tinyGguf.ts";
import { loadBackbone, loadModel } from "./loadModel.ts";

const model = compactModel();
const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
beforeEach((context) => {
  if ("missing" in model) context.skip(model.missing);
});
const options = { modelPath: "path" in model ? model.path : "", parallelism: 1, threads: 1 };

/** An adapter of chance for the first layer. */
function writeAdapter(): string {
  const path = folder.file("chance.gguf");
  const metadata = {
    "general.architecture": "llama",
    "general.type": "adapter",
    "adapter.type": "lora",
    "adapter.lora.alpha": 8.5,
  };
  const tensors = [
    { name: "blk.0.attn_q.weight.lora_a", dimensions: [320, 2], spread: 0.5 },
    { name: "blk.0.attn_q.weight.lora_b", dimensions: [2, 320], spread: 0.5 },
  ];
  writeFileSync(path, tinyGguf(metadata, tensors));
  return path;
}

/** What the model says after a few words. */
async function says(port: InferencePort): Promise<readonly number[]> {
  const sequence = await port.openSequence();
  await sequence.truncate(0); // a place keeps what its last reader read
  const tokens = port.tokenize("Severe chest pain today.");
  const wanted = tokens.map((_, i) => (i === tokens.length - 1 ? [1, 2, 3, 4, 5, 6, 7, 8] : null));
  const logits = await sequence.evaluate(tokens, wanted);
  await sequence.dispose();
  return [...(logits.at(-1) ?? [])];
}

test("one load of the weights serves the model alone, with an adapter, and alone again", async () => {
  const adapter = writeAdapter();
  const backbone = await loadBackbone(options, [adapter]);
  try {
    const plain = await backbone.open(null);
    const before = await says(plain);
    await plain.dispose();

    const adapted = await backbone.open(adapter);
    const changed = await says(adapted);
    expect(adapted.facts.adapterSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(changed).not.toEqual(before);

    // Both at once: a selector stands beside the model in this way.
    const beside = await backbone.open(null);
    expect(beside.facts.adapterSha256).toBeNull();
    expect(await says(beside)).toEqual(before);
    expect(await says(adapted)).toEqual(changed);

    const alone = await loadModel({ ...options, adapterPath: adapter });
    expect(await says(alone)).toEqual(changed);
    await alone.dispose();
  } finally {
    await backbone.dispose();
  }
});

test("what is no adapter is refused before the weights are loaded", async () => {
  await expect(loadBackbone(options, [options.modelPath])).rejects.toMatchObject({ code: "NG-ADAPTER-BASE" });
});
