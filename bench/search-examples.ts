// Time to search a bank of 100,000 examples, by each strategy: node bench/search-examples.ts [examples] [dimension]
import { createHash } from "node:crypto";
import { createRandom } from "../src/core/evaluate/random.ts";
import { memoryBank } from "../src/core/examples/memoryBank.ts";
import { makeExample } from "../src/core/examples/splitExamples.ts";
import type { EmbeddingPort } from "../src/core/ports.ts";

const [size = 100_000, dimension = 384] = process.argv.slice(2).map(Number);
const SEARCHES = 30;
/** Words of an example; those of a clinical corpus have about so many. */
const WORDS = 20;
const VOCABULARY = 20_000;

const random = createRandom(1);
const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
/** Few words are frequent and many are rare, as in a language (Zipf). */
const word = (): string => `w${Math.floor(VOCABULARY ** random())}`;
const sentence = (): string => Array.from({ length: WORDS }, word).join(" ");
const vector = (): Float32Array => {
  const values = Float32Array.from({ length: dimension }, () => random() - 0.5);
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
};
// An encoder that costs nothing: what is measured is the search.
const vectors = Array.from({ length: 64 }, vector);
const embedding: EmbeddingPort = {
  name: "none",
  dimension,
  identity: "none",
  sentence: async (text) => vectors[text.length % vectors.length] as Float32Array,
  tokens: async () => ({ spans: [], vectors: vectors.slice(0, WORDS) }),
  dispose: async () => {},
};

const examples = Array.from({ length: size }, (_, i) =>
  makeExample({ text: sentence(), spans: [], source: `d${i % 1000}`, language: "en" }, hash),
);
const rows = new Int8Array(size * dimension).map(() => Math.floor(random() * 20) - 10);
const bank = memoryBank({ name: "bench", examples, hash, embedding, vectors: rows });

process.stdout.write(`${size} examples of ${WORDS} words, ${dimension} numbers a vector\n`);
for (const select of ["random", "bm25", "sentence", "token"] as const) {
  const times: number[] = [];
  const processor: number[] = [];
  for (let search = 0; search <= SEARCHES; search++) {
    const text = sentence();
    const began = performance.now();
    const before = process.cpuUsage();
    await bank.rank({
      text,
      select,
      language: "en",
      seed: search,
      limit: 40,
      types: [],
      excludedSources: new Set(),
      excludedIds: new Set(),
    });
    // The first search builds the index.
    if (search > 0) {
      times.push(performance.now() - began);
      processor.push(process.cpuUsage(before).user / 1000);
    }
  }
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[SEARCHES / 2]?.toFixed(1);
  process.stdout.write(`${select.padEnd(9)} ${middle(times)} ms, ${middle(processor)} ms of a processor\n`);
}
