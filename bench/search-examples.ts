// Time to search a bank of 100,000 examples, by each strategy: node bench/search-examples.ts [examples]
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createRandom } from "../src/core/evaluate/random.ts";
import { memoryBank } from "../src/core/examples/memoryBank.ts";
import { makeExample } from "../src/core/examples/splitExamples.ts";
import { sharedRows } from "../src/core/examples/vectors.ts";
import type { EmbeddingPort, ExampleBank } from "../src/core/ports.ts";
import { loadEmbedder } from "../src/engine/embed/loadEmbedder.ts";
import { openEmbedder } from "../src/engine/embed/openEmbedder.ts";

const [size = 100_000] = process.argv.slice(2).map(Number);
const SEARCHES = 30;
/** Searches with a true encoder, which has to read 200 examples for each the first time. */
const TRUE_SEARCHES = 3;
/** Words of an example; those of a clinical corpus have about so many. */
const WORDS = 20;
const VOCABULARY = 20_000;
const ENCODER = fileURLToPath(new URL("../models/notegrain-embed.onnx", import.meta.url));

const random = createRandom(1);
const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
const sentenceOf = (word: () => string): string => Array.from({ length: WORDS }, word).join(" ");
/** Few words are frequent and many are rare, as in a language (Zipf). */
const sentence = () => sentenceOf(() => `w${Math.floor(VOCABULARY ** random())}`);
/** Words that an encoder cuts into as many pieces as those of a note. */
const noteWords = readFileSync(new URL("../examples/admission-en.txt", import.meta.url), "utf8").split(/\s+/);
const spoken = () => sentenceOf(() => noteWords[Math.floor(random() * noteWords.length)] ?? "");

function openBank(embedding: EmbeddingPort, write: () => string): ExampleBank {
  const examples = Array.from({ length: size }, (_, i) =>
    makeExample({ text: write(), spans: [], source: `d${i % 1000}`, language: "en" }, hash),
  );
  const vectors = sharedRows(size * embedding.dimension);
  for (let i = 0; i < vectors.length; i++) vectors[i] = Math.floor(random() * 20) - 10;
  return memoryBank({ name: "bench", examples, hash, embedding, vectors });
}

/** Milliseconds of a search by the clock, of all processors, and of the thread that asks. */
type Cost = { readonly clock: number; readonly processor: number; readonly caller: number };

async function search(
  bank: ExampleBank,
  select: "random" | "bm25" | "sentence" | "token",
  text: string,
): Promise<Cost> {
  const began = performance.now();
  const [all, own] = [process.cpuUsage(), process.threadCpuUsage()];
  await bank.rank({
    text,
    select,
    language: "en",
    seed: 1,
    limit: 40,
    types: [],
    excludedSources: new Set(),
    excludedIds: new Set(),
  });
  const milliseconds = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;
  return {
    clock: performance.now() - began,
    processor: milliseconds(process.cpuUsage(all)),
    caller: milliseconds(process.threadCpuUsage(own)),
  };
}

function report(name: string, costs: readonly Cost[]): void {
  const middle = (of: keyof Cost) =>
    (costs.map((cost) => cost[of]).toSorted((a, b) => a - b)[Math.floor(costs.length / 2)] ?? 0).toFixed(1);
  const [clock, processor, caller] = [middle("clock"), middle("processor"), middle("caller")];
  process.stdout.write(
    `${name.padEnd(34)} ${clock} ms, ${processor} ms of processors, ${caller} of the caller's thread\n`,
  );
}

/** An encoder that costs nothing, so that what is measured is the search. */
function freeEncoder(dimension: number): EmbeddingPort {
  const vectors = Array.from({ length: 64 }, () => {
    const values = Float32Array.from({ length: dimension }, () => random() - 0.5);
    const length = Math.hypot(...values);
    return values.map((value) => value / length);
  });
  return {
    name: "none",
    dimension,
    identity: "none",
    sentence: async (text) => vectors[text.length % vectors.length] as Float32Array,
    tokens: async () => ({ spans: [], vectors: vectors.slice(0, WORDS) }),
    dispose: async () => {},
  };
}

const apart = await openEmbedder(ENCODER);
process.stdout.write(`${size} examples of ${WORDS} words, ${apart.dimension} numbers a vector\n`);
const searched = openBank(freeEncoder(apart.dimension), sentence);
for (const select of ["random", "bm25", "sentence", "token"] as const) {
  const costs: Cost[] = [];
  for (let count = 0; count <= SEARCHES; count++) costs.push(await search(searched, select, sentence()));
  report(select, costs.slice(1)); // the first builds the index
}

const here = await loadEmbedder(ENCODER);
for (const [place, encoder] of [
  ["in the caller's thread", here],
  ["in a thread of its own", apart],
] as const) {
  const bank = openBank(encoder, spoken);
  await search(bank, "sentence", spoken());
  const texts = Array.from({ length: TRUE_SEARCHES }, spoken);
  for (const [name, select] of [
    ["sentence", "sentence"],
    ["token, first time", "token"],
    ["token, again", "token"],
  ] as const) {
    const costs: Cost[] = [];
    for (const text of texts) costs.push(await search(bank, select, text));
    report(`${name}, encoder ${place}`, costs);
  }
  await encoder.dispose();
}
