import { afterAll, beforeAll, expect, test } from "vitest";
import { vectorSearch } from "#core/examples/vectorSearch.ts";
import { quantise, sharedRows } from "#core/examples/vectors.ts";
import type { EmbeddingPort } from "#core/ports.ts";
import { loadEmbedder } from "./loadEmbedder.ts";
import { openEmbedder } from "./openEmbedder.ts";

const TINY = "test/fixtures/encoder-tiny.onnx";
const texts = ["no fever.", "the fever", "痛", "over", ""];

let here: EmbeddingPort;
let apart: EmbeddingPort;
beforeAll(async () => {
  [here, apart] = await Promise.all([loadEmbedder(TINY), openEmbedder(TINY)]);
});
afterAll(() => Promise.all([here.dispose(), apart.dispose()]));

test("a thread of its own says what this one says", async () => {
  expect({ ...apart }).toMatchObject({ name: here.name, dimension: here.dimension, identity: here.identity });
  for (const text of texts) {
    expect(await apart.sentence(text)).toEqual(await here.sentence(text));
    expect(await apart.tokens(text)).toEqual(await here.tokens(text));
  }
});

test.each(["shared", "own"])("it searches as this one does, over rows in %s memory", async (memory) => {
  const size = texts.length * here.dimension;
  const rows = memory === "shared" ? sharedRows(size) : new Int8Array(size);
  for (const [i, text] of texts.entries()) rows.set(quantise(await here.sentence(text)), i * here.dimension);
  const [search, own] = [apart.search, vectorSearch(here)];
  // At the same time, so that an answer that went to the wrong caller would be seen.
  const found = await Promise.all(
    texts.map(async (text) => [await search?.sentences(text, rows), await search?.tokens(text, texts)]),
  );
  for (const [i, text] of texts.entries()) {
    expect(found[i]).toEqual([await own.sentences(text, rows), await own.tokens(text, texts)]);
  }
  expect(Math.max(...((found[0]?.[0] as Float32Array | undefined) ?? []))).toBeCloseTo(1, 1);
});

test("a file that is unfit is refused as here, with its code", async () => {
  await expect(openEmbedder("none.onnx")).rejects.toMatchObject({
    code: "NG-MODEL-MISSING",
    params: { name: "none.onnx" },
  });
});

test("what fails over there fails here with its code, and the thread goes on", async () => {
  await expect(apart.sentence(7 as never)).rejects.toMatchObject({ code: "NG-INTERNAL" });
  expect(await apart.sentence("over")).toEqual(await here.sentence("over"));
});

test("once it is let go of it answers no more, and letting go again does no harm", async () => {
  const other = await openEmbedder(TINY);
  await other.dispose();
  await other.dispose();
  await expect(other.sentence("over")).rejects.toMatchObject({ code: "NG-INTERNAL" });
});
