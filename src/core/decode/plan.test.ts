import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryWindow, specialSurface } from "../../../test/support/arbitraryWindow.ts";
import type { DraftHabits, TokenId } from "../ports.ts";
import { compileGrammar, type Grammar } from "./grammar.ts";
import { emptyPlan, type Plan, takeAdvice, writeDraft } from "./plan.ts";
import { type State, startState } from "./state.ts";

const [CLOSE, A, B] = [1, 10, 11];
/** Six pieces, the second of two tokens. */
const grammar = compileGrammar([[30], [31, 41], [32], [33], [34], [35]], specialSurface(2), 3);
const FULL = 100;

function draftOf(plan: Plan, from: State = startState, width = FULL): readonly TokenId[] {
  return writeDraft(grammar, plan, from, width).tokens;
}

/** Lets the model choose as drafted but for `choices`; all beyond the first row is advice. */
function advise(plan: Plan, choices: Readonly<Record<number, TokenId>>, own: Grammar = grammar): void {
  const draft = writeDraft(own, plan, startState, FULL);
  const chosen = draft.states.map((_, i) => ({
    token: choices[i] ?? draft.tokens[i] ?? own.surface.end,
    probability: 1,
    margin: 1,
  }));
  takeAdvice(own, plan, draft, chosen, 1);
}

test("without habits the first draft is the bare source, as far as it is asked for", () => {
  expect(draftOf(emptyPlan(null))).toEqual([30, 31, 41, 32, 33, 34, 35]);
  expect(draftOf(emptyPlan(null), startState, 3)).toEqual([30, 31, 41]);
});

test("tags that the model asked for are carried, several from one batch", () => {
  const plan = emptyPlan(null);
  advise(plan, { 1: A, 4: B });
  expect(draftOf(plan)).toEqual([30, A, 31, 41, 32, B, 33, 34, 35, CLOSE, CLOSE]);
  advise(plan, { 4: CLOSE, 7: CLOSE });
  expect(draftOf(plan)).toEqual([30, A, 31, 41, CLOSE, 32, B, 33, CLOSE, 34, 35]);
});

test("a tag that the model takes back or replaces is drafted no more", () => {
  const plan = emptyPlan(null);
  advise(plan, { 1: A, 4: B });
  advise(plan, { 1: B, 5: 33 });
  expect(draftOf(plan)).toEqual([30, B, 31, 41, 32, 33, 34, 35, CLOSE]);
});

test("advice on the close of a tag counts for that tag alone", () => {
  const plan = emptyPlan(null);
  advise(plan, { 1: A });
  advise(plan, { 4: CLOSE });
  const inside = (type: number): State => ({
    ...startState,
    position: 1,
    tags: { type, start: 0, depth: 1, around: null },
  });
  plan.advice.delete(1);
  expect(draftOf(plan, inside(1))).toEqual([31, 41, 32, 33, 34, 35, CLOSE]);
});

test("habits make the first guess, and advice overrules them", () => {
  const habits: DraftHabits = {
    opens: (next) => (next === 31 || next === 33 ? 0 : -1),
    closes: (_, pieces) => pieces === 2,
  };
  const plan = emptyPlan(habits);
  expect(draftOf(plan)).toEqual([30, A, 31, 41, 32, CLOSE, A, 33, 34, CLOSE, 35]);
  advise(plan, { 6: 33 });
  expect(draftOf(plan)).toEqual([30, A, 31, 41, 32, CLOSE, 33, 34, 35]);
});

test("in a plain-text tag the rest of the name is guessed, and then the model's", () => {
  const surface = {
    end: 0,
    close: CLOSE,
    open: [
      { type: "Test", tokens: [2, 20, 29] },
      { type: "Value", tokens: [2, 21, 29] },
    ],
  };
  const plain = compileGrammar([[30], [31]], surface, 3);
  const plan = emptyPlan(null);
  advise(plan, { 1: 2 }, plain);
  expect(writeDraft(plain, plan, startState, FULL).tokens).toEqual([30, 2, 20, 29, 31, CLOSE]);
  advise(plan, { 2: 21 }, plain);
  expect(writeDraft(plain, plan, startState, FULL).tokens).toEqual([30, 2, 21, 29, 31, CLOSE]);
});

test("whatever a model says and is used to, drafts stay legal and hold the whole source", () => {
  const habits = fc.record({
    opens: fc.func(fc.integer({ min: -1, max: 5 })),
    closes: fc.func(fc.boolean()),
  });
  fc.assert(
    fc.property(arbitraryWindow, habits, fc.infiniteStream(fc.nat()), (window, habit, picks) => {
      const own = compileGrammar(window.source, window.surface, window.maxDepth, window.mayOpen);
      const plan = emptyPlan(habit);
      for (let round = 0; round < 4; round++) {
        const draft = writeDraft(own, plan, startState, 1000);
        for (const [i, token] of draft.tokens.entries()) expect(draft.allowed[i]?.tokens).toContain(token);
        expect(draft.states.at(-1)).toMatchObject({ position: own.source.length, tags: null, opening: null });
        const choices = draft.allowed.map(({ tokens }) => ({
          token: tokens[(picks.next().value ?? 0) % tokens.length] ?? 0,
          probability: 1,
          margin: 1,
        }));
        takeAdvice(own, plan, draft, choices, 1);
      }
    }),
  );
});
