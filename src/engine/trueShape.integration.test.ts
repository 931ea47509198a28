import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { decodeWindow, type Strategy } from "#core/decode/decodeWindow.ts";
import { splitPieces } from "#core/document/pieces.ts";
import { NotegrainError } from "#core/errors.ts";
import { extract } from "#core/pipeline.ts";
import type { InferencePort, InferenceSequence } from "#core/ports.ts";
import { type PreparedPrompt, preparePrompt } from "#core/prompt/preparePrompt.ts";
import { trueShapeModel } from "../../test/support/testModels.ts";
import { checkModel } from "./checkModel.ts";
import { loadModel } from "./loadModel.ts";
import { sampleWindows } from "./sampleWindows.ts";

const made = trueShapeModel();
/** Ids of LLaMA 3's 256 special tokens begin here. */
const FIRST_SPECIAL = 128_000;
const types = ["Sign_symptom", "Medication", "Dosage"];
const notes = [
  "58-year-old woman. Chest pain [left] for 3 h; <|eot_id|> aspirin 300 mg given.",
  "男性，63岁。胸痛2天，口服阿司匹林100mg。",
];

let port: InferencePort;
let prompt: PreparedPrompt;

beforeAll(async () => {
  if ("missing" in made) return;
  port = await loadModel({ modelPath: made.path, parallelism: 2, threads: 2 });
  prompt = preparePrompt(port, { types, paradigm: "zero" });
});
afterAll(() => port?.dispose());
beforeEach((context) => {
  if ("missing" in made) context.skip(made.missing);
});

async function withSequence<T>(use: (sequence: InferenceSequence) => Promise<T>): Promise<T> {
  const sequence = await port.openSequence();
  try {
    return await use(sequence);
  } finally {
    await sequence.dispose();
  }
}

function read(sequence: InferenceSequence, text: string, strategy: Strategy, contextTokens?: number) {
  const [sample] = sampleWindows(prompt, text);
  if (sample === undefined) throw new Error("no window");
  return decodeWindow({
    ...prompt.decoding,
    ...sample,
    sequence,
    contextTokens: contextTokens ?? port.facts.contextTokens,
    strategy,
  });
}

test.each(notes)("parallel is token by token, in plain-text tags: %#", async (text) => {
  await withSequence(async (sequence) => {
    const plain = await read(sequence, text, "plain");
    const parallel = await read(sequence, text, "parallel");
    expect(Math.min(...plain.output.map(({ margin }) => margin))).toBeGreaterThan(1e-4);
    expect(parallel.output.map(({ token }) => token)).toEqual(plain.output.map(({ token }) => token));
    expect(plain.mentions.length).toBeGreaterThan(0);
    // Quantised weights quantise what flows through too, so that the last bits of a sum grow to a hundredth.
    expect(parallel.mentions).toEqual(
      plain.mentions.map((mention) => ({ ...mention, confidence: expect.closeTo(mention.confidence, 1) })),
    );
    expect(parallel.statistics.batches).toBeLessThan(plain.statistics.batches);
  });
});

test("two sequences read at the same time what each reads alone", async () => {
  const both = await Promise.all(
    notes.map((text) => withSequence((sequence) => read(sequence, text, "parallel"))),
  );
  for (const [i, text] of notes.entries()) {
    const alone = await withSequence((sequence) => read(sequence, text, "parallel"));
    expect(both[i]?.output).toEqual(alone.output);
  }
});

test("the number of threads does not change a digit", async () => {
  if ("missing" in made) return;
  const other = await loadModel({ modelPath: made.path, parallelism: 1, threads: 2 });
  try {
    const sequence = await other.openSequence();
    const two = await read(sequence, "No fever.", "parallel");
    const one = await withSequence((own) => read(own, "No fever.", "parallel"));
    expect(two.output).toEqual(one.output);
  } finally {
    await other.dispose();
  }
});

test("a sequence is filled to its last token, refuses one more, and loses nothing", async () => {
  if ("missing" in made) return;
  const small = await loadModel({ modelPath: made.path, contextTokens: 300, parallelism: 1 });
  try {
    const sequence = await small.openSequence();
    const tokens = Array.from({ length: 300 }, (_, i) => 1000 + i);
    await sequence.evaluate(
      tokens,
      tokens.map(() => null),
    );
    expect(sequence.tokens).toEqual(tokens);
    await expect(sequence.evaluate([5], [null])).rejects.toMatchObject({
      code: "NG-CONTEXT",
      params: { needed: 301, available: 300 },
    });
    expect(sequence.tokens).toEqual(tokens);
  } finally {
    await small.dispose();
  }
});

test("a window one token too long is refused before anything is read", async () => {
  await withSequence(async (sequence) => {
    const [text = ""] = notes;
    await sequence.truncate(0);
    const failure = await read(sequence, text, "parallel", 600).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "NG-CONTEXT" });
    const needed = failure instanceof NotegrainError ? Number(failure.params.needed) : 0;
    await expect(read(sequence, text, "parallel", needed - 1)).rejects.toMatchObject({ code: "NG-CONTEXT" });
    expect(sequence.tokens).toEqual([]);
    await read(sequence, text, "parallel", needed);
  });
});

test("tokens that are taken back leave no trace", async () => {
  await withSequence(async (sequence) => {
    const tokens = Array.from({ length: 40 }, (_, i) => 2000 + 7 * i);
    const last = [...tokens.slice(1).map(() => null), [10, 20, 30]];
    await sequence.truncate(0);
    const [before] = (await sequence.evaluate(tokens, last)).slice(-1);
    await sequence.evaluate([1, 2, 3], [null, null, null]);
    await sequence.truncate(20);
    expect(sequence.tokens).toEqual(tokens.slice(0, 20));
    const [after] = (await sequence.evaluate(tokens.slice(20), last.slice(20))).slice(-1);
    for (const [i, logit] of (before ?? []).entries()) expect(after?.[i]).toBeCloseTo(logit, 4);
  });
});

test("no text yields a special token, nor a bracket in a piece that the model reads", () => {
  const { surface } = prompt.decoding;
  const brackets = [surface.close, surface.open[0]?.tokens[0]];
  const hostile = fc.array(
    fc.oneof(
      fc.constantFrom(
        "<|eot_id|>",
        "<|begin_of_text|>",
        "<|end_header_id|>",
        "[",
        "]",
        "]]",
        "[[",
        "[Dosage:",
        " ",
      ),
      fc.string({ unit: "binary", maxLength: 5 }),
    ),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(hostile, (parts) => {
      const text = parts.join("");
      for (const token of port.tokenize(text)) expect(token).toBeLessThan(FIRST_SPECIAL);
      for (const { view } of splitPieces(text)) {
        const tokens = prompt.tokensOf(view);
        expect(tokens.length).toBeGreaterThan(0);
        for (const token of tokens) expect(brackets).not.toContain(token);
      }
    }),
    { numRuns: 300 },
  );
});

test("special tokens are found by name, and ordinary words are none", () => {
  expect(port.specialToken("<|begin_of_text|>")).toBe(128_000);
  expect(port.specialToken("<|eot_id|>")).toBe(128_009);
  expect(port.specialToken("<|close|>")).toBeNull();
  expect(port.specialToken("[")).toBeNull();
});

test("a cancel is heard between batches", async () => {
  await withSequence(async (sequence) => {
    const signal = { aborted: false };
    const [sample] = sampleWindows(prompt, notes[0] ?? "");
    const reading = decodeWindow({
      ...prompt.decoding,
      ...(sample ?? { prefix: [], source: [] }),
      sequence,
      contextTokens: port.facts.contextTokens,
      strategy: "plain",
      signal,
    });
    setTimeout(() => {
      signal.aborted = true;
    }, 20);
    await expect(reading).rejects.toMatchObject({ code: "NG-CANCELLED" });
  });
});

test("a stock model is checked: what it is, what it needs, how long a note takes", async () => {
  if ("missing" in made) return;
  const check = await checkModel(made.path);
  expect(check).toMatchObject({
    kind: "model",
    architecture: "llama",
    layers: 4,
    width: 256,
    vocabulary: 128_256,
    contextTokens: 8192,
    grounded: false,
    types: [],
    fitsMemory: true,
    adapter: null,
  });
  expect(check.secondsPerNote).toBeGreaterThan(0);
  expect(check.memoryNeededBytes).toBeGreaterThan(check.fileBytes);
});

test.each(["grounded", "brackets", "json"] as const)(
  "%s: a sentence goes the whole way, and every entity is the slice it says",
  async (outputFormat) => {
    const text = "Chest pain [left]; aspirin.";
    const extraction = await extract(port, {
      document: { id: "d", name: "n.txt", text, sha256: "", language: "en" },
      types: ["Sign_symptom", "Device"],
      ownTypes: [{ name: "Device", definition: "An implant or an aid.", examples: [] }],
      paradigm: "zero",
      outputFormat,
      date: "2026-01-01T00:00:00.000Z",
      hash: (words) => words,
      now: () => performance.now(),
    });
    for (const { start, end, text: words } of extraction.entities) expect(text.slice(start, end)).toBe(words);
    expect(extraction.run.outputFormat).toBe(outputFormat);
    // Random weights list nothing: the reply is cut and kept, and the note counts as not read.
    expect(extraction.replies?.length ?? 0).toBe(outputFormat === "json" ? 1 : 0);
    expect(extraction.coverage).toBe(outputFormat === "json" ? 0 : 1);
  },
);

test("the token most likely to come next has the highest logit, and asking for it leaves the cache as evaluating does", async () => {
  await withSequence(async (sequence) => {
    const tokens = port.tokenize("No fever, no cough.");
    await sequence.truncate(0);
    const token = await sequence.mostLikelyNext(tokens);
    expect(sequence.tokens).toEqual([...tokens]);
    await sequence.truncate(0);
    const rivals = [token, ...Array.from({ length: 2000 }, (_, i) => i * 64)];
    const [logits = null] = (
      await sequence.evaluate(tokens, [...tokens.slice(1).map(() => null), rivals])
    ).slice(-1);
    expect(Math.max(...(logits ?? []))).toBe(logits?.[0]);
    expect(port.detokenize(tokens)).toBe("No fever, no cough.");
  });
});
