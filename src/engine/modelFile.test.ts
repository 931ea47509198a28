import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { describeReason, type ErrorParams, type ReasonCode } from "#core/errors.ts";
import { type TinyMetadata, type TinyTensor, tinyGguf } from "../../test/support/tinyGguf.ts";
import { requireFit } from "./adapterFit.ts";
import { checkModel } from "./checkModel.ts";
import { loadModel } from "./loadModel.ts";
import { openModelFile } from "./modelFile.ts";

const folder = mkdtempSync(join(tmpdir(), "notegrain-gguf-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, bytes: Buffer | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const llama = {
  "general.architecture": "llama",
  "general.name": "Tiny",
  "general.license": "apache-2.0",
  "llama.block_count": 1,
  "llama.embedding_length": 8,
  "llama.attention.head_count": 2,
  "llama.feed_forward_length": 16,
  "llama.context_length": 64,
};
const weights: readonly TinyTensor[] = [
  { name: "token_embd.weight", dimensions: [8, 50] },
  { name: "blk.0.attn_q.weight", dimensions: [8, 8] },
];
const model = write("tiny.gguf", tinyGguf(llama, weights));

/** What the header of each adapter says; numbers that are not whole are written in F32. */
const lora = {
  "general.architecture": "llama",
  "general.type": "adapter",
  "adapter.type": "lora",
  "adapter.lora.alpha": 2.5,
};
function adapter(name: string, tensors: readonly TinyTensor[], header: TinyMetadata = lora): string {
  return write(name, tinyGguf(header, tensors));
}
const pair = (target: string, inside: number, outside: number): TinyTensor[] => [
  { name: `${target}.lora_a`, dimensions: [inside, 2] },
  { name: `${target}.lora_b`, dimensions: [2, outside] },
];

test("the header of a model is read", async () => {
  const { facts, fileName } = await openModelFile(model);
  expect(fileName).toBe("tiny.gguf");
  expect(facts).toMatchObject({
    kind: "model",
    name: "Tiny",
    licence: "apache-2.0",
    quantisation: "F32",
    parameters: 8 * 50 + 8 * 8,
    grounded: null,
    shape: {
      layers: 1,
      width: 8,
      heads: 2,
      keyValueHeads: 2,
      feedForward: 16,
      vocabulary: 50,
      contextTokens: 64,
    },
  });
});

test("what it learned is read, of a model as of an adapter; null where it does not say", async () => {
  const learned = { "notegrain.learned_texts": ["00ff", "abcd"] };
  const said = write("said.gguf", tinyGguf({ ...llama, ...learned }, weights));
  const taught = { ...llama, "general.type": "adapter", ...learned };
  const adapted = write("adapted.gguf", tinyGguf(taught, pair("blk.0.attn_q.weight", 8, 8)));
  for (const path of [said, adapted]) {
    expect((await openModelFile(path)).facts.learnedTexts).toEqual(new Set(["00ff", "abcd"]));
  }
  expect((await openModelFile(model)).facts.learnedTexts).toBeNull();
});

test("the project's own metadata is read", async () => {
  const own = write(
    "own.gguf",
    tinyGguf(
      {
        ...llama,
        "notegrain.format": "grounded@1",
        "notegrain.types": ["Age", "Sex"],
        "notegrain.open_bias": 0.5,
        "notegrain.temperature": 1.25,
        "notegrain.calibration": [0.5, -0.75],
        "notegrain.least_confidence": 0.25,
        "notegrain.window_tokens": 200,
        "notegrain.window_sentences": 1,
        "notegrain.example_tokens": 600,
        "notegrain.max_depth": 2,
      },
      weights,
    ),
  );
  expect((await openModelFile(own)).facts.grounded).toEqual({
    format: "grounded@1",
    types: ["Age", "Sex"],
    slots: 0,
    openBias: 0.5,
    temperature: 1.25,
    calibration: { slope: 0.5, intercept: -0.75, least: 0.25 },
    windowTokens: 200,
    windowSentences: 1,
    exampleTokens: 600,
    maxDepth: 2,
  });
});

test.each([
  ["a stock model", {}, false, true],
  ["tags of its own", { "notegrain.format": "grounded@1", "notegrain.types": ["Age"] }, true, false],
  [
    "tags of its own, and examples",
    { "notegrain.format": "grounded@1", "notegrain.types": ["Age"], "notegrain.example_tokens": 600 },
    true,
    true,
  ],
  ["tags that the prompt explains", { "notegrain.format": "episodes@1", "notegrain.slots": 6 }, true, true],
])("a report tells how a model can be asked: %s", async (name, own, answersInTags, takesPrompts) => {
  const path = write(`${name}.gguf`, tinyGguf({ ...llama, ...own }, weights));
  expect(await checkModel(path, { measure: false })).toMatchObject({ answersInTags, takesPrompts });
});

const whole = tinyGguf(llama, weights);
const unfit: readonly [string, string, string, object][] = [
  ["a file that is not there", join(folder, "absent.gguf"), "NG-MODEL-MISSING", { name: "absent.gguf" }],
  ["a folder", folder, "NG-MODEL-FORMAT", {}],
  ["an empty file", write("empty.gguf", ""), "NG-MODEL-FORMAT", {}],
  ["a text", write("text.gguf", "no model at all"), "NG-MODEL-FORMAT", { name: "text.gguf" }],
  ["a beginning and no more", write("stub.gguf", "GGUF, but no more"), "NG-MODEL-TRUNCATED", { actual: 17 }],
  [
    "counts that the file has no room for",
    write("counts.gguf", Buffer.concat([whole.subarray(0, 8), Buffer.alloc(16, 0x7f), whole.subarray(24)])),
    "NG-MODEL-TRUNCATED",
    {},
  ],
  [
    "a version that nobody knows yet",
    write("newer.gguf", Buffer.concat([Buffer.from("GGUF\x09\0\0\0"), whole.subarray(8)])),
    "NG-MODEL-FORMAT",
    {},
  ],
  [
    "a header that ends early",
    write("header.gguf", whole.subarray(0, 120)),
    "NG-MODEL-TRUNCATED",
    { actual: 120 },
  ],
  [
    "tensors that end early",
    write("cut.gguf", whole.subarray(0, whole.length - 64)),
    "NG-MODEL-TRUNCATED",
    { actual: whole.length - 64, expected: whole.length },
  ],
  [
    "another architecture",
    write("other.gguf", tinyGguf({ ...llama, "general.architecture": "gemma" }, weights)),
    "NG-MODEL-ARCHITECTURE",
    { architecture: "gemma" },
  ],
];

test.each(unfit)("%s is refused before it is loaded", async (_, path, code, params) => {
  const refusal = { code, params: expect.objectContaining(params) };
  await expect(loadModel({ modelPath: path })).rejects.toMatchObject(refusal);
  await expect(checkModel(path)).rejects.toMatchObject(refusal);
});

test("an adapter that fits is let through, of F16 and quantised bases too: only sizes count", async () => {
  const fitting = adapter("fits.gguf", pair("blk.0.attn_q.weight", 8, 8));
  await requireFit(await openModelFile(model), await openModelFile(fitting));
});

async function expectRefused(
  adapterPath: string,
  refusal: { readonly code: "NG-ADAPTER-BASE" | "NG-MODEL-LOAD"; readonly params: ErrorParams },
): Promise<void> {
  await expect(loadModel({ modelPath: model, adapterPath })).rejects.toMatchObject(refusal);
  const check = await checkModel(adapterPath, { basePath: model });
  const words = describeReason(refusal);
  expect(check.adapter).toEqual({ fitsBase: false, changesOutput: null, reason: words, refusal });
  expect(words).not.toContain("ADAPTER-");
}

test.each<readonly [string, readonly TinyTensor[], ReasonCode, string]>([
  ["other.size.gguf", pair("blk.0.attn_q.weight", 16, 8), "ADAPTER-SIZE", "blk.0.attn_q.weight"],
  ["other.rows.gguf", pair("blk.0.attn_q.weight", 8, 16), "ADAPTER-SIZE", "blk.0.attn_q.weight"],
  ["deeper.gguf", pair("blk.7.attn_q.weight", 8, 8), "ADAPTER-NO-TARGET", "blk.7.attn_q.weight"],
])("an adapter of another base is refused: %s", async (name, tensors, reason, tensor) => {
  await expectRefused(adapter(name, tensors), { code: "NG-ADAPTER-BASE", params: { name, reason, tensor } });
});

const [tensorA, tensorB] = ["blk.0.attn_q.weight.lora_a", "blk.0.attn_q.weight.lora_b"];
const whole8: readonly TinyTensor[] = pair("blk.0.attn_q.weight", 8, 8);
const changed = (name: string, change: Partial<TinyTensor>): readonly TinyTensor[] =>
  whole8.map((tensor) => (tensor.name === name ? { ...tensor, ...change } : tensor));

test.each<readonly [string, readonly TinyTensor[], ReasonCode, string]>([
  ["empty.gguf", [], "ADAPTER-EMPTY", ""],
  ["strange.gguf", [{ name: "blk.0.attn_q.bias", dimensions: [8] }], "ADAPTER-NOT-LORA", "blk.0.attn_q.bias"],
  ["only-a.gguf", whole8.slice(0, 1), "ADAPTER-HALF", "blk.0.attn_q.weight"],
  ["only-b.gguf", whole8.slice(1), "ADAPTER-HALF", "blk.0.attn_q.weight"],
  ["ranks.gguf", changed(tensorB, { dimensions: [3, 8] }), "ADAPTER-RANKS", "blk.0.attn_q.weight"],
  ["deep-a.gguf", changed(tensorA, { dimensions: [8, 2, 3] }), "ADAPTER-NO-MATRIX", tensorA],
  ["flat-b.gguf", changed(tensorB, { dimensions: [8] }), "ADAPTER-NO-MATRIX", tensorB],
  ["no-rank.gguf", changed(tensorA, { dimensions: [8, 0] }), "ADAPTER-NO-MATRIX", tensorA],
  ["integers.gguf", changed(tensorA, { type: 26 }), "ADAPTER-NO-MATRIX", tensorA],
  ["no-type.gguf", changed(tensorB, { type: 99 }), "ADAPTER-NO-MATRIX", tensorB],
])(
  "an adapter whose matrices are damaged is refused before it is loaded: %s",
  async (name, tensors, reason, tensor) => {
    const params = { name, reason, ...(tensor !== "" && { tensor }) };
    await expectRefused(adapter(name, tensors), { code: "NG-MODEL-LOAD", params });
  },
);

const { "adapter.lora.alpha": _, ...noAlpha } = lora;
test.each<readonly [string, TinyMetadata, ReasonCode]>([
  ["an integer", { ...lora, "adapter.lora.alpha": 16 }, "ADAPTER-ALPHA"],
  ["a text", { ...lora, "adapter.lora.alpha": "16" }, "ADAPTER-ALPHA"],
  ["a list", { ...lora, "adapter.lora.alpha": [16] }, "ADAPTER-ALPHA"],
  ["missing", noAlpha, "ADAPTER-ALPHA"],
  ["not a number", { ...lora, "adapter.lora.alpha": Number.NaN }, "ADAPTER-ALPHA"],
  ["without end", { ...lora, "adapter.lora.alpha": Number.POSITIVE_INFINITY }, "ADAPTER-ALPHA"],
  ["zero, as 1e-60 is in F32", { ...lora, "adapter.lora.alpha": 1e-60 }, "ADAPTER-ALPHA"],
  ["negative", { ...lora, "adapter.lora.alpha": -2.5 }, "ADAPTER-ALPHA"],
  ["of a kind in numbers", { ...lora, "adapter.type": 1 }, "ADAPTER-KIND"],
  ["of another kind", { ...lora, "adapter.type": "ia3" }, "ADAPTER-KIND"],
])("an adapter whose scale is damaged is refused before it is loaded: %s", async (name, header, reason) => {
  const fileName = `${name}.gguf`;
  const params = { name: fileName, reason };
  await expectRefused(adapter(fileName, whole8, header), { code: "NG-MODEL-LOAD", params });
});

test("a model in the place of an adapter and an adapter in the place of a model are refused", async () => {
  await expect(loadModel({ modelPath: model, adapterPath: model })).rejects.toMatchObject({
    code: "NG-ADAPTER-BASE",
  });
  const modelPath = adapter("alone.gguf", pair("blk.0.attn_q.weight", 8, 8));
  await expect(loadModel({ modelPath })).rejects.toMatchObject({ code: "NG-MODEL-UNFIT" });
});

test("a model that the native loader cannot use is reported by its header, and refused without its path", async () => {
  expect(await checkModel(model)).toMatchObject({ kind: "model", secondsPerNote: null, adapter: null });
  const failure = await loadModel({ modelPath: model }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "NG-MODEL-LOAD" });
  expect(JSON.stringify(failure)).not.toContain(folder);
});

test("an adapter without a base is named as one", async () => {
  const { kind, adapter: report } = await checkModel(adapter("lone.gguf", pair("blk.0.attn_q.weight", 8, 8)));
  expect(kind).toBe("adapter");
  expect(report).toMatchObject({
    fitsBase: false,
    changesOutput: null,
    reason: "no base model was named",
    refusal: { params: { reason: "ADAPTER-NO-BASE" } },
  });
});
