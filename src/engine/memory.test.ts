import { expect, test } from "vitest";
import type { GgufFacts } from "./ggufFacts.ts";
import { memoryNeed, readableBytes, requireMemory } from "./memory.ts";

/** LLaMA 3 8B in Q4_0. */
const file = {
  path: "8b.gguf",
  fileName: "8b.gguf",
  bytes: 4_661_000_000,
  facts: {
    shape: { layers: 32, width: 4096, heads: 32, keyValueHeads: 8 },
  } as GgufFacts,
};

test("the cache of an 8B takes 128 KiB a token and context", () => {
  expect(memoryNeed(file, 4096, 1).cache).toBe(4096 * 131_072);
  expect(memoryNeed(file, 4096, 2).cache).toBe(2 * 4096 * 131_072);
});

test("what does not fit is refused with both figures", () => {
  requireMemory(file, 4096, 1, 6e9);
  expect(() => requireMemory(file, 4096, 1, 5e9)).toThrow(
    expect.objectContaining({
      code: "NG-MODEL-MEMORY",
      params: { name: "8b.gguf", needed: "5.3 GB", available: "5.0 GB" },
    }),
  );
});

test("bytes are written for people", () => {
  expect([14_012_288, 1e9, 4.66e9].map(readableBytes)).toEqual(["14 MB", "1.0 GB", "4.7 GB"]);
});
