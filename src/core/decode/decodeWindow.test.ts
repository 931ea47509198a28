import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryWindow, specialSurface } from "../../../test/support/arbitraryWindow.ts";
import { hashLogits, type ObservedSequence, pureSequence } from "../../../test/support/hashSequence.ts";
import type { InferenceSequence, TagSurface, TokenId } from "../ports.ts";
import { decodeWindow, type WindowRequest } from "./decodeWindow.ts";
import { longestOutput } from "./grammar.ts";

const PROMPT = [900, 901, 902];
const strategies = ["plain", "parallel"] as const;

function request(sequence: InferenceSequence, over: Partial<WindowRequest> = {}): WindowRequest {
  return {
    sequence,
    contextTokens: 100_000,
    prefix: PROMPT,
    sharedTokens: 0,
    callCost: 3,
    habits: null,
    source: [[30], [31, 32], [33]],
    surface: specialSurface(3),
    maxDepth: 3,
    openBias: 0,
    temperature: 1,
    strategy: "plain",
    ...over,
  };
}

/** A model that writes exactly `output` after the prompt, with logits 2 above the rest. */
function scripted(output: readonly TokenId[], promptLength = PROMPT.length): ObservedSequence {
  const sequence = pureSequence(() => 0);
  return {
    ...sequence,
    get tokens() {
      return sequence.tokens;
    },
    async evaluate(tokens, wanted, signal) {
      const before = sequence.tokens.length - promptLength;
      const logits = await sequence.evaluate(tokens, wanted, signal);
      return logits.map((row, i) =>
        row === null
          ? null
          : Float32Array.from(wanted[i] ?? [], (token) => (token === output[before + i + 1] ? 2 : 0)),
      );
    },
  };
}

const [A, B, CLOSE, END] = [10, 11, 1, 0];

test.each(strategies)("%s: a planted answer, nested, with its confidences", async (strategy) => {
  const planted = [A, B, 30, CLOSE, 31, 32, CLOSE, 33, END];
  const heard: unknown[] = [];
  const { mentions, output, statistics } = await decodeWindow(
    request(scripted(planted), { strategy, onMention: (mention) => heard.push(mention) }),
  );
  expect(output.map(({ token }) => token)).toEqual(planted);
  const chosen = (of: number) => Math.exp(2) / (Math.exp(2) + of - 1);
  // [30 A B C], then [30 B C] after A, then [31 close A B C], then [33 close A B C].
  const outer = {
    type: "T0",
    startPiece: 0,
    endPiece: 2,
    confidence: expect.closeTo(chosen(4) * chosen(5), 6),
  };
  const inner = {
    type: "T1",
    startPiece: 0,
    endPiece: 1,
    confidence: expect.closeTo(chosen(3) * chosen(5), 6),
  };
  expect(mentions).toEqual([outer, inner]);
  expect(heard).toEqual([inner, outer]);
  expect(statistics.outputTokens).toBe(planted.length);
});

test.each(strategies)(
  "%s: the whole source in one tag, closed without a choice at the end",
  async (strategy) => {
    const { mentions } = await decodeWindow(
      request(scripted([A, 30, 31, 32, 33, CLOSE, END]), { strategy, temperature: 2 }),
    );
    const opening = Math.exp(1) / (Math.exp(1) + 3);
    expect(mentions).toEqual([
      { type: "T0", startPiece: 0, endPiece: 3, confidence: expect.closeTo(opening, 6) },
    ]);
  },
);

test.each(strategies)("%s: a plain-text tag multiplies the choices inside its opening", async (strategy) => {
  const surface: TagSurface = {
    end: END,
    close: CLOSE,
    open: [
      { type: "Test", tokens: [2, 20, 21, 29] },
      { type: "Test value", tokens: [2, 20, 22, 29] },
    ],
  };
  const planted = [30, 2, 20, 22, 29, 31, 32, CLOSE, 33, END];
  const { mentions, output } = await decodeWindow(request(scripted(planted), { strategy, surface }));
  expect(output.map(({ token }) => token)).toEqual(planted);
  const sure = Math.exp(2) / (Math.exp(2) + 1); // one of two: bracket, type
  const close = Math.exp(2) / (Math.exp(2) + 2); // copy, close, bracket
  expect(mentions).toEqual([
    { type: "Test value", startPiece: 1, endPiece: 2, confidence: expect.closeTo(sure * sure * close, 6) },
  ]);
});

test.each(strategies)("%s: an empty window ends at once", async (strategy) => {
  const { mentions, output } = await decodeWindow(request(scripted([END]), { strategy, source: [] }));
  expect(mentions).toEqual([]);
  expect(output).toEqual([{ token: END, probability: 1, margin: Number.POSITIVE_INFINITY }]);
});

test("both strategies agree on random logits, types, depths and surfaces, ties included", async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitraryWindow,
      fc.integer(),
      fc.constantFrom(3, 1000),
      fc.double({ min: -0.6, max: 0.3, noNaN: true }),
      fc.constantFrom(1, 3, 60),
      fc.option(
        fc.record({ opens: fc.func(fc.integer({ min: -1, max: 5 })), closes: fc.func(fc.boolean()) }),
      ),
      async (window, seed, levels, openBias, callCost, habits) => {
        const run = (strategy: "plain" | "parallel") =>
          decodeWindow(
            request(pureSequence(hashLogits(seed, levels)), {
              ...window,
              openBias,
              temperature: 0.2,
              callCost,
              habits,
              strategy,
            }),
          );
        const [plain, parallel] = [await run("plain"), await run("parallel")];
        expect(parallel.output).toEqual(plain.output);
        expect(parallel.mentions).toEqual(plain.mentions);
      },
    ),
    { numRuns: 300 },
  );
});

test("a high bias opens what a low one does not", async () => {
  const types = async (openBias: number) =>
    (
      await decodeWindow(
        request(
          pureSequence((_, token) => (token === B ? -1 : token === A ? -2 : 0)),
          { openBias },
        ),
      )
    ).mentions.length;
  expect(await types(0)).toBe(0);
  expect(await types(1.5)).toBeGreaterThan(0);
});

test.each(strategies)("%s: the shared beginning of the prompt is read once, and alone", async (strategy) => {
  const sequence = pureSequence(hashLogits(1, 1000));
  const first = await decodeWindow(request(sequence, { strategy, sharedTokens: 2 }));
  expect(sequence.calls.slice(0, 2)).toEqual([2, expect.any(Number)]);
  const next = { prefix: [900, 901, 950, 951], sharedTokens: 2, source: [[34], [35]], strategy };
  const kept = await decodeWindow(request(sequence, next));
  const anew = await decodeWindow(request(pureSequence(hashLogits(1, 1000)), next));
  expect(kept.output).toEqual(anew.output);
  expect(kept.statistics.evaluatedTokens).toBe(anew.statistics.evaluatedTokens - 2);
  const other = await decodeWindow(request(sequence, { strategy, prefix: [800, 801, 802], sharedTokens: 2 }));
  expect(other.statistics.batches).toBe(first.statistics.batches);
});

test("a window that might not fit is refused before anything is read", async () => {
  const sequence = pureSequence(hashLogits(1, 1000));
  const needed = PROMPT.length + longestOutput(4, 3, specialSurface(3), 3);
  const attempt = (contextTokens: number) => decodeWindow(request(sequence, { contextTokens }));
  await expect(attempt(needed - 1)).rejects.toMatchObject({
    code: "NG-CONTEXT",
    params: { needed, available: needed - 1 },
  });
  expect(sequence.tokens).toEqual([]);
  await attempt(needed);
});

test.each(strategies)("%s: stops when called off", async (strategy) => {
  const signal = { aborted: true };
  await expect(
    decodeWindow(request(pureSequence(hashLogits(1, 9)), { strategy, signal })),
  ).rejects.toMatchObject({ code: "NG-CANCELLED" });
});
