import fc from "fast-check";
import { expect, test } from "vitest";
import { hashLogits, pureSequence } from "../../../test/support/hashSequence.ts";
import { type BracketsRequest, decodeBrackets } from "./decodeBrackets.ts";

const request: Omit<BracketsRequest, "sequence"> = {
  contextTokens: 10_000,
  prefix: [900, 901, 902],
  sharedTokens: 2,
  source: [[30], [31, 32], [33], [34]],
  brackets: { open: 2, close: 1, end: 0 },
  lines: [
    { type: "A", tokens: [50, 51] },
    { type: "B", tokens: [52] },
  ],
  maxDepth: 3,
  callCost: 3,
  habits: null,
  openBias: 0,
  temperature: 1,
  strategy: "plain",
};

test("both strategies agree, and each type's line is what it is when asked for alone", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.constantFrom(3, 1000), async (seed, levels) => {
      const read = (over: Partial<BracketsRequest>) =>
        decodeBrackets({ ...request, ...over, sequence: pureSequence(hashLogits(seed, levels)) });
      const { mentions } = await read({});
      expect((await read({ strategy: "parallel" })).mentions).toEqual(mentions);
      const alone = await Promise.all(request.lines.map((line) => read({ lines: [line] })));
      expect(alone.flatMap((line) => line.mentions)).toEqual(mentions);
    }),
  );
});

test("the prompt is read once for all lines, and its shared beginning once for all windows", async () => {
  const sequence = pureSequence(hashLogits(7, 1000));
  await decodeBrackets({ ...request, sequence });
  expect(sequence.calls.slice(0, 3)).toEqual([2, 1, 2]); // shared, the note, the head of the first line
  const before = sequence.calls.length;
  const next = { ...request, prefix: [900, 901, 903] };
  const kept = await decodeBrackets({ ...next, sequence });
  expect(sequence.calls.slice(before, before + 2)).toEqual([1, 2]);
  const anew = await decodeBrackets({ ...next, sequence: pureSequence(hashLogits(7, 1000)) });
  expect(kept.mentions).toEqual(anew.mentions);
  expect(kept.evaluatedTokens).toBe(anew.evaluatedTokens - 2);
});

test("no types, no lines", async () => {
  const sequence = pureSequence(hashLogits(7, 1000));
  expect((await decodeBrackets({ ...request, lines: [], sequence })).mentions).toEqual([]);
});
