import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { EmbeddingPort } from "#core/ports.ts";
import { readEncoderFile } from "./encoderFile.ts";
import { loadEmbedder } from "./loadEmbedder.ts";

type Compared = {
  readonly text: string;
  readonly ids: readonly number[];
  readonly spans: readonly (readonly [number, number])[];
  /** The first numbers of the vector. */
  readonly sentence: readonly number[];
  /** The first four of each. */
  readonly tokens: readonly (readonly number[])[];
};

const TINY = "test/fixtures/encoder-tiny.onnx";
const SHIPPED = "models/notegrain-embed.onnx";
/** Written by `./train parity configs/embed.toml`, from Python's onnxruntime and tokenizers. */
const parity = JSON.parse(readFileSync("test/fixtures/encoder-parity.json", "utf8")) as {
  readonly tiny: readonly Compared[];
  readonly shipped: { readonly sha256: string; readonly texts: readonly Compared[] };
};
const folder = mkdtempSync(join(tmpdir(), "encoder-"));
const tiny = await loadEmbedder(TINY);
const shipped = await loadEmbedder(SHIPPED);
afterAll(() => Promise.all([tiny.dispose(), shipped.dispose()]));

const lengthOf = (vector: Float32Array): number => Math.hypot(...vector);

async function agrees(encoder: EmbeddingPort, path: string, expected: Compared, tolerance: number) {
  const { wordPiece } = await readEncoderFile(path);
  expect(wordPiece.tokenize(expected.text).map(({ id }) => id)).toEqual(expected.ids);
  const { spans, vectors } = await encoder.tokens(expected.text);
  expect(spans.map(({ start, end }) => [start, end])).toEqual(expected.spans);
  for (const [i, vector] of vectors.entries()) {
    expect(lengthOf(vector)).toBeCloseTo(1, 4);
    for (const [j, value] of (expected.tokens[i] ?? []).entries()) {
      expect(Math.abs((vector[j] as number) - value)).toBeLessThan(tolerance);
    }
  }
  const sentence = await encoder.sentence(expected.text);
  if (expected.ids.length === 0) {
    expect(lengthOf(sentence)).toBe(0);
    return;
  }
  expect(lengthOf(sentence)).toBeCloseTo(1, 4);
  for (const [i, value] of expected.sentence.entries()) {
    expect(Math.abs((sentence[i] as number) - value)).toBeLessThan(tolerance);
  }
}

describe("a tiny encoder", () => {
  test.each(parity.tiny)("says what PyTorch's export says in Python (%#)", (expected) =>
    agrees(tiny, TINY, expected, 1e-4),
  );

  test("is known by the hash of its file", () => {
    expect(tiny.identity).toBe(createHash("sha256").update(readFileSync(TINY)).digest("hex"));
    expect([tiny.name, tiny.dimension]).toEqual(["tiny", 8]);
  });

  test("reads a text beyond its length in parts, every piece once", async () => {
    const text = "no fever. ".repeat(30);
    const { spans, vectors } = await tiny.tokens(text);
    expect(spans.map(({ start, end }) => text.slice(start, end)).join(" ")).toBe(
      "no fever . ".repeat(30).trim(),
    );
    expect(vectors).toHaveLength(90);
    expect(lengthOf(await tiny.sentence(text))).toBeCloseTo(1, 4);
  });

  test("answers calls made at the same time as it would one after the other", async () => {
    const texts = ["no fever.", "the fever", "痛", "over"];
    const together = await Promise.all(texts.map((text) => tiny.sentence(text)));
    for (const [i, text] of texts.entries()) expect(together[i]).toEqual(await tiny.sentence(text));
  });

  test("gives zeros where there is nothing to read", async () => {
    expect(await tiny.tokens(" \n")).toEqual({ spans: [], vectors: [] });
    expect(Array.from(await tiny.sentence(" \n"))).toEqual(Array(8).fill(0));
  });
});

describe("a file that is unfit", () => {
  /** A copy of the tiny encoder, its metadata changed: of two entries of one name the last counts. */
  function changed(name: string, change: (facts: Record<string, unknown>) => unknown): string {
    const bytes = readFileSync(TINY);
    const text = bytes.toString("utf8");
    const at = text.indexOf('{"format":"notegrain');
    const facts = JSON.parse(text.slice(at, text.indexOf("}}", at) + 2)) as Record<string, unknown>;
    const field = (number: number, value: Buffer): Buffer => {
      const size = [(value.length & 127) | 128, ((value.length >> 7) & 127) | 128, value.length >> 14];
      return Buffer.concat([Buffer.from([number * 8 + 2, ...size]), value]);
    };
    const value = Buffer.from(JSON.stringify(change(facts)));
    const entry = Buffer.concat([field(1, Buffer.from("notegrain.encoder")), field(2, value)]);
    const path = join(folder, name);
    writeFileSync(path, Buffer.concat([bytes, field(14, entry)]));
    return path;
  }
  const refused = (path: string, code: string, reason?: string) =>
    expect(loadEmbedder(path)).rejects.toMatchObject({ code, ...(reason && { params: { reason } }) });

  test("the copy itself is fit, so that what follows fails by its change", async () => {
    const encoder = await loadEmbedder(changed("same.onnx", (facts) => facts));
    expect(await encoder.sentence("no")).toEqual(await tiny.sentence("no"));
    await encoder.dispose();
  });

  test("is not there", () => refused(join(folder, "none.onnx"), "NG-MODEL-MISSING"));
  test("is a folder", () => refused(folder, "NG-READ", "EISDIR"));

  test("is of another kind, or cut off", async () => {
    const path = join(folder, "other.onnx");
    writeFileSync(path, "a note");
    await refused(path, "NG-ENCODER", "ENCODER-FORMAT");
    writeFileSync(path, readFileSync(TINY).subarray(0, 9000));
    await refused(path, "NG-ENCODER", "ENCODER-FORMAT");
  });

  test("carries no tokenizer, or one that does not fit", async () => {
    await refused(
      changed("none.onnx", () => null),
      "NG-ENCODER",
      "ENCODER-TOKENIZER",
    );
    const other = changed("format.onnx", (facts) => ({ ...facts, format: "notegrain/encoder@9" }));
    await refused(other, "NG-ENCODER", "ENCODER-TOKENIZER");
    const special = (facts: Record<string, unknown>) => ({
      ...facts,
      tokenizer: { ...(facts.tokenizer as object), first: "[BOS]" },
    });
    await refused(changed("special.onnx", special), "NG-ENCODER", "ENCODER-TOKENIZER");
  });

  test("gives vectors of another size than it says", () =>
    refused(
      changed("size.onnx", (facts) => ({ ...facts, dimension: 16 })),
      "NG-ENCODER",
      "ENCODER-DIMENSION",
    ));

  test("cannot be run", async () => {
    const path = changed("broken.onnx", (facts) => facts);
    const bytes = readFileSync(path);
    // The name of an operator that no runtime knows.
    bytes.write("Nonsense", bytes.indexOf("LayerNormalization"));
    writeFileSync(path, bytes);
    await refused(path, "NG-ENCODER", "ENCODER-RUNTIME");
  });
});

describe("the encoder that ships", () => {
  test("is the one that was compared", () => {
    expect(shipped.identity).toBe(parity.shipped.sha256);
  });

  // Eight bits: a number on the border between two steps may fall either way on another processor.
  test.each(parity.shipped.texts)("says what Python says (%#)", (expected) =>
    agrees(shipped, SHIPPED, expected, 0.03),
  );

  test.each([
    [
      "She has chest pain and a fever.",
      "He reports pain in the chest, febrile.",
      "Discharged on aspirin 100 mg daily.",
    ],
    ["患者胃癌术后化疗。", "因胃癌行胃大部切除术。", "服用阿司匹林100mg。"],
  ])("finds what is alike nearer: %s", async (query, alike, other) => {
    const [a, b, c] = await Promise.all([query, alike, other].map((text) => shipped.sentence(text)));
    const cosine = (x: Float32Array, y: Float32Array) =>
      x.reduce((sum, value, i) => sum + value * (y[i] as number), 0);
    expect(cosine(a as Float32Array, b as Float32Array)).toBeGreaterThan(
      cosine(a as Float32Array, c as Float32Array),
    );
  });
});
