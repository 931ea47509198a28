import { writeFileSync } from "node:fs";
import { afterAll, beforeEach, expect, test } from "vitest";
import { type ExtractSettings, extract } from "#core/pipeline.ts";
import type { InferencePort } from "#core/ports.ts";
import { normsSha256 } from "#engine/adapterFit.ts";
import { openModelFile } from "#engine/modelFile.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { compactModel } from "../../test/support/testModels.ts";
import { tinyGguf } from "../../test/support/tinyGguf.ts";
import { loadJudged } from "./loadJudged.ts";

const text =
  "No fever. She has severe chest pain and takes aspirin 100 mg daily.\n胸痛3天，口服阿司匹林100mg。";
const RANK = 4;

const model = compactModel();
const modelPath = "path" in model ? model.path : "";
const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
beforeEach((context) => {
  if ("missing" in model) context.skip(model.missing);
});

/** A selector of random weights for the compact model, which says that it is for the base of this hash. */
async function randomSelector(name: string, norms?: string): Promise<string> {
  const base = await openModelFile(modelPath);
  const adapted = [...base.facts.tensors].filter(([tensor]) => /attn_[qv]\.weight$/.test(tensor));
  const metadata = {
    "general.architecture": "llama",
    "general.type": "adapter",
    "adapter.type": "lora",
    "adapter.lora.alpha": 8.5,
    "notegrain.adapter.output_format": "selector",
    "notegrain.adapter.prompt": "selector.tokens@1",
    "notegrain.adapter.prompt_sha256": "0".repeat(64),
    "notegrain.adapter.base_norms_sha256": norms ?? (await normsSha256(base)) ?? "",
  };
  const tensors = adapted.flatMap(
    ([
      tensor,
      {
        dimensions: [into = 0, out = 0],
      },
    ]) => [
      { name: `${tensor}.lora_a`, dimensions: [into, RANK], spread: 0.2 },
      { name: `${tensor}.lora_b`, dimensions: [RANK, out], spread: 0.2 },
    ],
  );
  writeFileSync(folder.file(name), tinyGguf(metadata, tensors));
  return folder.file(name);
}

function read(port: InferencePort, judging: ExtractSettings["judging"]) {
  return extract(port, {
    types: [...(port.facts.profile?.open.keys() ?? [])],
    paradigm: "tuned",
    outputFormat: "grounded",
    judging,
    document: { id: "d", name: "n.txt", text, sha256: "", language: "en" },
    date: "2026-01-01T00:00:00.000Z",
    hash: (words) => words,
    now: () => 0,
  });
}

test("an adapter judges what the model finds, on the same weights and without changing it", async () => {
  const path = await randomSelector("selector.gguf");
  const { port, selector } = await loadJudged({ model: modelPath, selector: path });
  try {
    const rule = { threshold: 0.5, below: null };
    const alone = await read(port, undefined);
    const judged = await read(port, { port: selector, rule });
    const spans = ({ entities }: typeof alone) =>
      entities.map(({ type, start, end, confidence }) => ({ type, start, end, confidence }));
    expect(alone.entities.length).toBeGreaterThan(4);
    expect(spans(judged)).toEqual(spans(alone));
    const verdicts = judged.entities.map((entity) => entity.selector);
    for (const verdict of verdicts) expect(verdict?.kept).toBe((verdict?.probability ?? -1) >= 0.5);
    expect(new Set(verdicts.map((verdict) => verdict?.probability)).size).toBeGreaterThan(2);
    // The same again, whatever was read between.
    expect((await read(port, { port: selector, rule })).entities).toEqual(judged.entities);
  } finally {
    await port.dispose();
  }
});

test("a selector for other weights is refused, and a tagger is none", async () => {
  const other = await randomSelector("other.gguf", "1".repeat(64));
  await expect(loadJudged({ model: modelPath, selector: other })).rejects.toMatchObject({
    code: "NG-ADAPTER-BASE",
  });
  const { port, selector } = await loadJudged({ model: modelPath, selector: modelPath });
  try {
    await expect(read(port, { port: selector, rule: { threshold: 0.5, below: null } })).rejects.toMatchObject(
      { code: "NG-MODEL-UNFIT" },
    );
  } finally {
    await port.dispose();
  }
});
