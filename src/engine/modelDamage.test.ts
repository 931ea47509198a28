import { writeFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { describeError, type ReasonCode } from "#core/errors.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { type TinyMetadata, type TinyTensor, tinyGguf } from "../../test/support/tinyGguf.ts";
import { TINY_HEADER, TINY_TENSORS } from "../../test/support/tinyModel.ts";
import { checkModel } from "./checkModel.ts";
import { loadModel } from "./loadModel.ts";
import { openModelFile } from "./modelFile.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

function write(header: TinyMetadata, tensors: readonly TinyTensor[] = TINY_TENSORS): string {
  const path = folder.file("tiny.gguf");
  writeFileSync(path, tinyGguf(header, tensors));
  return path;
}
const without = (key: string): TinyMetadata => {
  const { [key]: _, ...rest } = TINY_HEADER;
  return rest;
};
const tokens = TINY_HEADER["tokenizer.ggml.tokens"] as readonly string[];

/** Each ends the process in llama.cpp 0.5.0, but for an endless epsilon: that gives zeros for any text. */
const wrong: readonly (readonly [key: string, value: string | number])[] = [
  ["llama.block_count", 0],
  ["llama.block_count", 513],
  ["llama.block_count", 100_000],
  ["llama.nextn_predict_layers", 5],
  ["llama.embedding_length", 0],
  ["llama.feed_forward_length", 0],
  ["llama.attention.head_count", 0],
  ["llama.attention.head_count", 32], // heads of one number
  ["llama.attention.head_count", 64], // heads of none
  ["llama.attention.head_count_kv", 0],
  ["llama.attention.head_count_kv", 3],
  ["llama.attention.key_length", 0],
  ["llama.attention.key_length", 4],
  ["llama.attention.value_length", 4],
  ["llama.attention.layer_norm_rms_epsilon", Number.NaN],
  ["llama.attention.layer_norm_rms_epsilon", -0.5],
  ["llama.attention.layer_norm_rms_epsilon", Number.POSITIVE_INFINITY],
  ["llama.rope.scaling.type", "spiral"],
  ["llama.expert_count", 5000],
  ["llama.expert_used_count", 2],
  ["llama.expert_group_count", 2],
];

async function expectRefused(path: string, reason: ReasonCode, values: object): Promise<void> {
  const refusal = { code: "NG-MODEL-LOAD", params: { name: "tiny.gguf", reason, ...values } } as const;
  await expect(loadModel({ modelPath: path })).rejects.toMatchObject(refusal);
  const failure = await checkModel(path).catch((error: unknown) => error);
  expect(failure).toMatchObject(refusal);
  for (const language of ["en", "zh"] as const) {
    const { what } = describeError(refusal, language);
    expect(what).not.toContain(reason);
    expect(what).not.toContain("?");
  }
}

test.each(wrong)(
  "a value with which no model runs is refused before it is loaded: %s = %s",
  async (key, value) => {
    const path = write({ ...TINY_HEADER, [key]: value });
    await expectRefused(path, "MODEL-KEY-VALUE", { key, value: String(value) });
  },
);

test.each(["llama.attention.head_count", "llama.feed_forward_length", "llama.block_count"])(
  "a size that is missing is named: %s",
  async (key) => {
    const { "llama.attention.head_count_kv": _, ...header } = without(key);
    await expectRefused(write(header), "MODEL-KEY-MISSING", { key });
  },
);

test.each<readonly [string, TinyMetadata, readonly TinyTensor[], ReasonCode, object]>([
  [
    "experts of which none is used",
    { ...TINY_HEADER, "llama.expert_count": 8 },
    TINY_TENSORS,
    "MODEL-KEY-MISSING",
    { key: "llama.expert_used_count" },
  ],
  [
    "no tokenizer",
    { ...TINY_HEADER, "tokenizer.ggml.model": "no_vocab" },
    TINY_TENSORS,
    "MODEL-NO-VOCABULARY",
    {},
  ],
  [
    "a token twice",
    { ...TINY_HEADER, "tokenizer.ggml.tokens": tokens.with(-1, "a") },
    TINY_TENSORS,
    "MODEL-TOKEN-TWICE",
    { id: tokens.length - 1 },
  ],
  [
    "a byte that cannot be spelled",
    { ...TINY_HEADER, "tokenizer.ggml.tokens": tokens.map((token) => (token === "<0xFF>" ? "ff" : token)) },
    TINY_TENSORS,
    "MODEL-NO-BYTE",
    { token: "<0xFF>" },
  ],
  [
    "whole numbers for weights",
    TINY_HEADER,
    TINY_TENSORS.map((tensor) => (tensor.name === "blk.0.attn_q.weight" ? { ...tensor, type: 26 } : tensor)),
    "MODEL-TENSOR-TYPE",
    { tensor: "blk.0.attn_q.weight" },
  ],
  [
    "a count of parts in another type",
    { ...TINY_HEADER, "split.count": 1 },
    TINY_TENSORS,
    "MODEL-KEY-TYPE",
    { key: "split.count", type: "UINT16" },
  ],
])("refused before it is loaded: %s", async (_, header, tensors, reason, values) => {
  await expectRefused(write(header, tensors), reason, values);
});

test("a count of parts that is no number is refused", async () => {
  const values = { key: "split.count", type: "UINT16" };
  await expectRefused(write({ ...TINY_HEADER, "split.count": "one" }), "MODEL-KEY-TYPE", values);
});

test.each([TINY_HEADER, { "general.type": "model", "split.no": 1 }])(
  "a part of a split model is told how to be made whole, also where it names no architecture",
  async (header) => {
    const refusal = { code: "NG-MODEL-SPLIT", params: { name: "tiny.gguf", parts: 3 } } as const;
    const path = write({ ...header, "split.count": 3 });
    await expect(checkModel(path)).rejects.toMatchObject(refusal);
    await expect(loadModel({ modelPath: path })).rejects.toMatchObject(refusal);
    expect(describeError(refusal).next).toContain("llama-gguf-split --merge");
  },
);

test.each<readonly [string, TinyMetadata]>([
  ["as it is", TINY_HEADER],
  [
    "heads that do not share the width evenly",
    { ...TINY_HEADER, "llama.attention.head_count": 5, "llama.attention.head_count_kv": 5 },
  ],
  [
    "experts of which some are used",
    { ...TINY_HEADER, "llama.expert_count": 8, "llama.expert_used_count": 2 },
  ],
  ["a stretch of positions", { ...TINY_HEADER, "llama.rope.scaling.type": "yarn" }],
  ["tokens without words", { ...TINY_HEADER, "tokenizer.ggml.tokens": [...tokens, "", ""] }],
  ["tokens of broken UTF-8", { ...TINY_HEADER, "tokenizer.ggml.tokens": [...tokens, "\ufffd", "\ufffd"] }],
  ["sizes of their own for each layer", { ...TINY_HEADER, "llama.attention.head_count_kv": [2, 3] }],
])("what llama.cpp runs, or refuses by itself, is let through: %s", async (_, header) => {
  expect((await openModelFile(write(header))).facts.damage).toBeNull();
});
