import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryWindow, specialSurface } from "../../../test/support/arbitraryWindow.ts";
import type { TokenId } from "../ports.ts";
import { compileGrammar, type Grammar, longestOutput } from "./grammar.ts";
import { allowedNext, nextState, type State, startState } from "./state.ts";
import { createWriter } from "./writer.ts";

/** Every state of the output, and that each of its tokens was allowed. */
function follow(grammar: Grammar, output: readonly TokenId[]): State[] {
  const states = [startState];
  for (const token of output) {
    const state = states.at(-1) ?? startState;
    expect(allowedNext(grammar, state).tokens).toContain(token);
    states.push(nextState(grammar, state, token));
  }
  return states;
}

test("any legal walk ends, copies the whole source, keeps to the depth and to the longest output", () => {
  fc.assert(
    fc.property(arbitraryWindow, fc.infiniteStream(fc.nat()), (window, picks) => {
      const { source, surface, maxDepth, mayOpen } = window;
      const grammar = compileGrammar(source, surface, maxDepth, mayOpen);
      const copied: TokenId[] = [];
      let tokens = 0;
      let state = startState;
      while (!state.ended) {
        const { tokens: allowed } = allowedNext(grammar, state);
        expect(new Set(allowed).size).toBe(allowed.length);
        const pick = allowed[(picks.next().value ?? 0) % allowed.length];
        if (pick === undefined) throw new Error("dead end");
        const next = nextState(grammar, state, pick);
        if (next.position > state.position) copied.push(pick);
        else if (next.opening !== null || (next.tags?.depth ?? 0) > (state.tags?.depth ?? 0)) {
          expect(mayOpen[grammar.pieceAt[state.position] ?? -1]).toBe(true);
        }
        state = next;
        tokens += 1;
        expect(state.tags?.depth ?? 0).toBeLessThanOrEqual(maxDepth);
      }
      expect(copied).toEqual(source.flat());
      expect(state.tags).toBeNull();
      expect(tokens).toBeLessThanOrEqual(longestOutput(copied.length, source.length, surface, maxDepth));
    }),
  );
});

test("the order of the training data is legal and reads back as the same spans", () => {
  const nested = fc.array(
    fc.record({
      type: fc.integer({ min: 0, max: 3 }),
      start: fc.nat(7),
      pieces: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(nested, (drawn) => {
      const surface = specialSurface(4);
      const source = Array.from({ length: 11 }, (_, i) => (i % 3 === 0 ? [40, 41] : [42]));
      const grammar = compileGrammar(source, surface, 3);
      const spans = arrange(drawn.map(({ type, start, pieces }) => ({ type, start, end: start + pieces })));
      const writer = createWriter(grammar);
      const write = (token: TokenId) => {
        expect(allowedNext(grammar, writer.state).tokens).toContain(token);
        writer.write({ token, probability: 1, margin: 1 });
      };
      for (let piece = 0; piece <= source.length; piece++) {
        for (const span of spans) if (span.end === piece) write(surface.close);
        for (const span of spans) if (span.start === piece) write(10 + span.type);
        for (const token of source[piece] ?? [surface.end]) write(token);
      }
      expect(writer.state.ended).toBe(true);
      expect(writer.mentions()).toEqual(
        spans.map(({ type, start, end }) => ({
          type: `T${type}`,
          startPiece: start,
          endPiece: end,
          confidence: 1,
        })),
      );
    }),
  );
});

/** As training arranges gold: no crossing, depth 3, one type once at a place; outer first, then by type. */
function arrange(drawn: readonly { type: number; start: number; end: number }[]) {
  const kept: { type: number; start: number; end: number }[] = [];
  for (const span of drawn.toSorted((a, b) => b.end - b.start - (a.end - a.start))) {
    const crosses = kept.some(
      (k) =>
        (k.start < span.start && span.start < k.end && k.end < span.end) ||
        (span.start < k.start && k.start < span.end && span.end < k.end),
    );
    const again = kept.some((k) => k.start === span.start && k.type === span.type);
    const depth = kept.filter((k) => k.start <= span.start && span.end <= k.end).length;
    if (!crosses && !again && depth < 3) kept.push(span);
  }
  return kept.toSorted((a, b) => a.start - b.start || b.end - a.end || a.type - b.type);
}

test("what the definition forbids is not offered", () => {
  const surface = specialSurface(2);
  const grammar = compileGrammar([[30, 31], [32]], surface, 2);
  const offered = (...output: TokenId[]) =>
    allowedNext(grammar, follow(grammar, output).at(-1) ?? startState).tokens;
  expect(offered()).toEqual([30, 10, 11]);
  expect(offered(10)).toEqual([30, 11]); // not the same type again, and nothing to close
  expect(offered(10, 11)).toEqual([30]); // depth
  expect(offered(10, 30)).toEqual([31]); // inside a piece
  expect(offered(10, 30, 31)).toEqual([32, 1, 10, 11]);
  expect(offered(10, 30, 31, 10)).toEqual([32]); // no close of the outer tag after an open
  expect(offered(10, 30, 31, 32)).toEqual([1]); // no end while a tag is open
  expect(offered(30, 31, 32)).toEqual([0]);
});

test("nothing opens before a barred piece; what is open closes there", () => {
  const grammar = compileGrammar([[30], [31], [32]], specialSurface(2), 2, [true, false, true]);
  const offered = (...output: TokenId[]) =>
    allowedNext(grammar, follow(grammar, output).at(-1) ?? startState).tokens;
  expect(offered()).toEqual([30, 10, 11]);
  expect(offered(30)).toEqual([31]);
  expect(offered(10, 30)).toEqual([31, 1]);
  expect(offered(30, 31)).toEqual([32, 10, 11]);
});

test("a tag token in the source and a piece without tokens are refused", () => {
  for (const source of [[[10]], [[0]], [[1]], [[]]]) {
    expect(() => compileGrammar(source, specialSurface(1), 3)).toThrow(
      expect.objectContaining({ code: "NG-INTERNAL" }),
    );
  }
});
