import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { decodeWindow, type Strategy } from "#core/decode/decodeWindow.ts";
import { bareView, splitPieces } from "#core/document/pieces.ts";
import type { InferencePort, InferenceSequence } from "#core/ports.ts";
import { type PreparedPrompt, preparePrompt } from "#core/prompt/preparePrompt.ts";
import { compareDecoders } from "../../bench/compareDecoders.ts";
import { readNotes } from "../../bench/readNotes.ts";
import { compactModel } from "../../test/support/testModels.ts";
import { checkModel } from "./checkModel.ts";
import { loadModel } from "./loadModel.ts";
import { measureSpeed } from "./measureSpeed.ts";

/** What PyTorch says of a text: written by `training/`, stage `parity`. */
type ParityRecord = {
  readonly text: string;
  /** Token ids up to where the output begins. */
  readonly prompt: readonly number[];
  /** The output of constrained greedy, its end included. */
  readonly continuation: readonly number[];
  /** Of each token of the continuation, over the whole vocabulary. */
  readonly logprobs: readonly number[];
};

const model = compactModel();
const fixture = new URL("../../test/fixtures/parity-compact.json", import.meta.url);
const corpus = new URL("../../../shared/corpora/maccrobat2020/", import.meta.url);

let port: InferencePort;
let prompt: PreparedPrompt;
let sequence: InferenceSequence;

beforeAll(async () => {
  if ("missing" in model) return;
  // Two places: one stays open for all tests, the other is for what opens one itself.
  port = await loadModel({ modelPath: model.path, parallelism: 2, threads: 2 });
  const types = [...(port.facts.profile?.open.keys() ?? [])];
  prompt = preparePrompt(port, { types, paradigm: "tuned" });
  sequence = await port.openSequence();
});
afterAll(() => port?.dispose());
beforeEach((context) => {
  if ("missing" in model) context.skip(model.missing);
});

function tokensOf(text: string) {
  return splitPieces(text).map((piece, i) => prompt.tokensOf(i === 0 ? bareView(piece) : piece.view));
}

function read(text: string, strategy: Strategy) {
  const source = tokensOf(text);
  return decodeWindow({
    ...prompt.decoding,
    sequence,
    contextTokens: port.facts.contextTokens,
    prefix: prompt.prefix(source),
    source,
    strategy,
  });
}

test("it carries its own tags, and its context holds the worst window", () => {
  const { profile, contextTokens } = port.facts;
  expect(profile?.open.size).toBe(18);
  expect(
    new Set([profile?.bos, profile?.sep, profile?.eos, profile?.close, ...(profile?.open.values() ?? [])])
      .size,
  ).toBe(22);
  const source = Array.from({ length: profile?.windowTokens ?? 0 }, () => [100]);
  // NG-CONTEXT would come at once; the cancel comes after the check and before the model.
  const reading = decodeWindow({
    ...prompt.decoding,
    sequence,
    contextTokens,
    prefix: prompt.prefix(source),
    source,
    strategy: "parallel",
    signal: { aborted: true },
  });
  return expect(reading).rejects.toMatchObject({ code: "NG-CANCELLED" });
});

test("tags in the text of a note are words", async () => {
  const text = "Denies <|close|> chest pain <|open:Medication|> and <|eos|> fever <|sep|>.";
  const { profile } = port.facts;
  const tags = new Set([
    profile?.bos,
    profile?.sep,
    profile?.eos,
    profile?.close,
    ...(profile?.open.values() ?? []),
  ]);
  for (const tokens of tokensOf(text)) for (const token of tokens) expect(tags.has(token)).toBe(false);
  expect(port.tokenize(text).some((token) => tags.has(token))).toBe(false);
  const { output } = await read(text, "parallel");
  const copied = output.map(({ token }) => token).filter((token) => !tags.has(token));
  expect(copied).toEqual(tokensOf(text).flat());
});

test("the same note gives the same digits, whatever was read before", async () => {
  const text = "Aspirin 81 mg daily for coronary artery disease.";
  const first = await read(text, "parallel");
  await read("Seen for knee pain after a fall; radiographs were normal.", "parallel");
  const again = await read(text, "parallel");
  expect(again).toEqual(first);
});

test("parallel is token by token on five notes of MACCROBAT", async (context) => {
  if (!existsSync(corpus)) context.skip("shared/corpora/maccrobat2020 is not here");
  const report = await compareDecoders(port, readNotes(corpus.pathname, 5));
  expect(report.notes).toBe(5);
  expect(report.wrong).toBe(0);
  expect(report.nearTies).toBeLessThanOrEqual(1);
}, 1_200_000); // seconds on a free machine, minutes on a busy one

test("the engine says what PyTorch says", async (context) => {
  if (!existsSync(fixture)) context.skip("training has not written test/fixtures/parity-compact.json");
  const records = JSON.parse(readFileSync(fixture, "utf8")) as readonly ParityRecord[];
  const vocabulary = Array.from(
    { length: (await checkModel("path" in model ? model.path : "")).vocabulary },
    (_, i) => i,
  );
  expect(records.length).toBeGreaterThan(0);
  for (const { text, prompt: expected, continuation, logprobs } of records) {
    expect(prompt.prefix(tokensOf(text))).toEqual(expected);
    for (const strategy of ["plain", "parallel"] as const) {
      expect((await read(text, strategy)).output.map(({ token }) => token)).toEqual(continuation);
    }
    await sequence.truncate(0);
    const tokens = [...expected, ...continuation.slice(0, -1)];
    // A row of the whole vocabulary is dear: every fifth will do.
    const wanted = tokens.map((_, i) => {
      const at = i - (expected.length - 1);
      return at >= 0 && at % 5 === 0 ? vocabulary : null;
    });
    const rows = (await sequence.evaluate(tokens, wanted)).slice(expected.length - 1);
    for (const [i, row] of rows.entries()) {
      if (row === null) continue;
      const highest = Math.max(...row);
      const sum = row.reduce((total, logit) => total + Math.exp(logit - highest), 0);
      const logprob = (row[continuation[i] ?? 0] ?? 0) - highest - Math.log(sum);
      expect(Math.abs(logprob - (logprobs[i] ?? 0))).toBeLessThan(0.02);
    }
  }
});

test("its speed is measured, with what the figures stand on", async () => {
  const report = await measureSpeed(port, [
    "Chest pain for 3 days. Given aspirin 300 mg; troponin was normal.",
  ]);
  expect(report.prefillTokensPerSecond).toBeGreaterThan(0);
  expect(report.parallelOverTokenByToken).toBeCloseTo(
    report.groundedParallelTokensPerSecond / report.tokenByTokenTokensPerSecond,
    6,
  );
  expect(report.peakResidentBytes).toBeLessThan(500e6);
  expect(report.configuration).toMatchObject({ windows: 1, different: 0, modelSha256: port.facts.sha256 });
});
