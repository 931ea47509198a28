import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeEach, expect, test } from "vitest";
import { textMark } from "#core/evaluate/learnedTexts.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { compactModel, runTraining } from "../../test/support/testModels.ts";
import { tinyGguf } from "../../test/support/tinyGguf.ts";
import { checkModel } from "./checkModel.ts";
import { loadModel } from "./loadModel.ts";
import { openModelFile } from "./modelFile.ts";

/** What PyTorch says with and without an adapter: written by `training/`, command `adapter-parity`. */
type ParityRecord = {
  readonly prompt: readonly number[];
  readonly continuation: readonly number[];
  /** Of each token of the continuation, with the adapter and without, over the whole vocabulary. */
  readonly logprobs: readonly number[];
  readonly base: readonly number[];
  readonly argmax: readonly number[];
};

const model = compactModel();
const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
beforeEach((context) => {
  if ("missing" in model) context.skip(model.missing);
});
const modelPath = "path" in model ? model.path : "";

const sha256Hex = (text: string) => createHash("sha256").update(text).digest("hex");

/** Highest token and log-probability of what follows, at every fourth place. */
async function score(records: readonly ParityRecord[], adapterPath?: string) {
  const port = await loadModel({
    modelPath,
    parallelism: 1,
    threads: 1,
    ...(adapterPath !== undefined && { adapterPath }),
  });
  try {
    const vocabulary = Array.from({ length: (await checkModel(modelPath)).vocabulary }, (_, i) => i);
    const sequence = await port.openSequence();
    const found = [];
    for (const { prompt, continuation } of records) {
      await sequence.truncate(0);
      const tokens = [...prompt, ...continuation.slice(0, -1)];
      const places = tokens.map((_, i) => i - prompt.length + 1);
      const rows = await sequence.evaluate(
        tokens,
        places.map((place) => (place >= 0 && place % 4 === 0 ? vocabulary : null)),
      );
      found.push(
        rows.flatMap((row, i) => {
          const place = places[i] ?? 0;
          if (row === null) return [];
          const highest = Math.max(...row);
          const sum = row.reduce((total, logit) => total + Math.exp(logit - highest), 0);
          const logprob = (logit: number | undefined) => (logit ?? 0) - highest - Math.log(sum);
          return [{ place, logprob: logprob(row[continuation[place] ?? 0]), row, logprobOf: logprob }];
        }),
      );
    }
    return found;
  } finally {
    await port.dispose();
  }
}

test("with an adapter the engine says what PyTorch says, and without it too", async (context) => {
  const made = runTraining("adapter-parity", modelPath, folder.file("parity"));
  if ("missing" in made) return context.skip(made.missing);
  const records = JSON.parse(
    readFileSync(folder.file("parity/parity.json"), "utf8"),
  ) as readonly ParityRecord[];
  expect(records.length).toBeGreaterThanOrEqual(6);
  const adapterPath = folder.file("parity/adapter.gguf");
  const [plain, adapted] = [await score(records), await score(records, adapterPath)];
  let worst = 0;
  let moved = 0;
  for (const [i, record] of records.entries()) {
    for (const [at, { place, logprob, row, logprobOf }] of (adapted[i] ?? []).entries()) {
      const without = plain[i]?.[at]?.logprob ?? Number.NaN;
      const expected = record.logprobs[place] ?? Number.NaN;
      worst = Math.max(
        worst,
        Math.abs(logprob - expected),
        Math.abs(without - (record.base[place] ?? Number.NaN)),
      );
      moved = Math.max(moved, Math.abs(logprob - without));
      // The same token, or one that is as good as level with it.
      const theirs = logprobOf(row[record.argmax[place] ?? 0]);
      expect(logprobOf(Math.max(...row)) - theirs).toBeLessThan(0.02);
    }
  }
  process.stdout.write(
    `adapter parity: ${records.length} texts, worst ${worst.toFixed(4)} nats, moved by up to ${moved.toFixed(1)}\n`,
  );
  expect(worst).toBeLessThan(0.02);
  expect(moved).toBeGreaterThan(1);
  expect((await checkModel(adapterPath, { basePath: modelPath })).adapter).toMatchObject({
    fitsBase: true,
    changesOutput: true,
  });
});

test("an adapter that was just trained on three notes is added to its base, and changes what it says", async (context) => {
  const notes = folder.path;
  const note = "Given zorbital 20 mg at night.\nThe zorbital was stopped.\n";
  const spans = [...note.matchAll(/zorbital/g)].map(({ index }) => index);
  for (const name of ["a", "b", "c"]) {
    writeFileSync(`${notes}/${name}.txt`, note);
    writeFileSync(
      `${notes}/${name}.ann`,
      spans.map((at, i) => `T${i + 1}\tLab_value ${at} ${at + 8}\tzorbital\n`).join(""),
    );
  }
  const out = folder.file("run");
  const made = runTraining(
    ...["lora", "--base", modelPath, "--data", notes, "--out", out, "--preset", "small"],
    ...["--rank", "4", "--epochs", "3", "--threads", "1", "--held-out", "0", "--lr", "0.005"],
  );
  if ("missing" in made) return context.skip(made.missing);
  const adapterPath = `${out}/adapter.gguf`;
  const report = await checkModel(adapterPath, { basePath: modelPath });
  expect(report).toMatchObject({
    kind: "adapter",
    name: "run",
    adapter: {
      fitsBase: true,
      changesOutput: true,
      reason: null,
      taught: { outputFormat: "grounded", types: ["Lab_value"] },
    },
  });
  expect(report.adapter?.otherPrompt).toBeUndefined();
  const { learnedTexts } = (await openModelFile(adapterPath)).facts;
  expect(learnedTexts).toEqual(new Set([textMark(note.replaceAll("\n", "\r\n"), sha256Hex)]));
  const losses = JSON.parse(readFileSync(`${out}/report.json`, "utf8"));
  expect(losses.last_loss).toBeLessThan(losses.first_loss);
  const port = await loadModel({ modelPath, adapterPath, parallelism: 1, threads: 1 });
  try {
    expect(port.facts.teaching).toMatchObject({
      outputFormat: "grounded",
      prompt: "own@1",
      types: ["Lab_value"],
    });
    expect(port.facts.adapterSha256).toBe(report.sha256);
  } finally {
    await port.dispose();
  }
});

test("an adapter for other weights of the same shape is refused", async () => {
  const path = folder.file("other.gguf");
  writeFileSync(
    path,
    tinyGguf(
      {
        "general.architecture": "llama",
        "general.type": "adapter",
        "adapter.type": "lora",
        "adapter.lora.alpha": 8.5,
        "general.base_model.0.name": "Another",
        "notegrain.adapter.output_format": "grounded",
        "notegrain.adapter.prompt": "own@1",
        "notegrain.adapter.prompt_sha256": "0".repeat(64),
        "notegrain.adapter.base_norms_sha256": "0".repeat(64),
        "notegrain.adapter.types": ["Medication"],
      },
      [
        { name: "blk.0.attn_q.weight.lora_a", dimensions: [320, 2] },
        { name: "blk.0.attn_q.weight.lora_b", dimensions: [2, 320] },
      ],
    ),
  );
  const params = { name: "other.gguf", reason: "ADAPTER-OTHER-WEIGHTS", base: "Another" };
  await expect(loadModel({ modelPath, adapterPath: path })).rejects.toMatchObject({
    code: "NG-ADAPTER-BASE",
    params,
  });
  expect((await checkModel(path, { basePath: modelPath })).adapter).toMatchObject({
    fitsBase: false,
    reason: "it was trained on Another, whose weights are others",
    refusal: { params },
  });
});
