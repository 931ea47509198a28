import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryWindow, specialSurface } from "../../../test/support/arbitraryWindow.ts";
import type { TokenId } from "../ports.ts";
import { compileGrammar, type Grammar } from "./grammar.ts";
import { correctPlan, emptyPlan, type Plan, writeDraft } from "./plan.ts";
import { startState } from "./state.ts";

const [CLOSE, A, B] = [1, 10, 11];
/** Six pieces, the second of two tokens. */
const grammar = compileGrammar([[30], [31, 41], [32], [33], [34], [35]], specialSurface(2), 3);
const FULL = 100;

function draftOf(plan: Plan, width = FULL): readonly TokenId[] {
  return writeDraft(grammar, plan, startState, width).tokens;
}

/** Hands the plan what the model chooses at each token of its draft, where it differs. */
function correct(plan: Plan, choices: Readonly<Record<number, TokenId>>): void {
  const draft = writeDraft(grammar, plan, startState, FULL);
  for (const [i, state] of draft.states.entries()) {
    const token = draft.tokens[i];
    correctPlan(grammar, plan, state, token, choices[i] ?? token ?? 0);
  }
}

test("the first draft is the bare source, as far as it is asked for", () => {
  expect(draftOf(emptyPlan())).toEqual([30, 31, 41, 32, 33, 34, 35]);
  expect(draftOf(emptyPlan(), 3)).toEqual([30, 31, 41]);
});

test("a tag that the model asked for is carried, with a guessed end, and closed where the model says", () => {
  const plan = emptyPlan();
  correct(plan, { 1: A });
  expect(draftOf(plan)).toEqual([30, A, 31, 41, 32, 33, CLOSE, 34, 35]);
  correct(plan, { 4: CLOSE });
  expect(draftOf(plan)).toEqual([30, A, 31, 41, CLOSE, 32, 33, 34, 35]);
  correct(plan, { 4: 32 });
  expect(draftOf(plan)).toEqual([30, A, 31, 41, 32, CLOSE, 33, 34, 35]);
});

test("one batch corrects several tags: taken back, of another type, and nested", () => {
  const plan = emptyPlan();
  correct(plan, { 0: A, 3: B });
  expect(draftOf(plan)).toEqual([A, 30, 31, 41, B, 32, CLOSE, CLOSE, 33, 34, 35]);
  correct(plan, { 0: 30, 4: A });
  expect(draftOf(plan)).toEqual([30, 31, 41, A, 32, 33, 34, CLOSE, 35]);
});

test("a tag that is open keeps its place when nothing is planned for it", () => {
  const draft = writeDraft(
    grammar,
    emptyPlan(),
    { ...startState, tags: { type: 0, start: 0, depth: 1, around: null } },
    FULL,
  );
  expect(draft.tokens).toEqual([30, 31, 41, 32, CLOSE, 33, 34, 35]);
});

test("a type is guessed inside a plain-text tag, and replaced by the model's", () => {
  const surface = {
    end: 0,
    close: CLOSE,
    open: [
      { type: "Test", tokens: [2, 20, 29] },
      { type: "Value", tokens: [2, 21, 29] },
    ],
  };
  const plain: Grammar = compileGrammar([[30], [31]], surface, 3);
  const plan = emptyPlan();
  const first = writeDraft(plain, plan, startState, FULL);
  correctPlan(plain, plan, startState, first.tokens[0], 2);
  const second = writeDraft(plain, plan, startState, FULL);
  expect(second.tokens).toEqual([2, 20, 29, 30, 31, CLOSE]);
  const inside = second.states[1] ?? startState;
  correctPlan(plain, plan, inside, 20, 21);
  expect(writeDraft(plain, plan, startState, FULL).tokens).toEqual([2, 21, 29, 30, 31, CLOSE]);
});

test("whatever a model says, drafts stay legal and hold the whole source", () => {
  fc.assert(
    fc.property(arbitraryWindow, fc.infiniteStream(fc.nat()), ({ source, surface, maxDepth }, picks) => {
      const own = compileGrammar(source, surface, maxDepth);
      const plan = emptyPlan();
      for (let round = 0; round < 4; round++) {
        const draft = writeDraft(own, plan, startState, 1000);
        for (const [i, token] of draft.tokens.entries()) expect(draft.allowed[i]?.tokens).toContain(token);
        expect(draft.states.at(-1)).toMatchObject({ position: own.source.length, tags: null, opening: null });
        for (const [i, state] of draft.states.entries()) {
          const { tokens } = draft.allowed[i] ?? { tokens: [] };
          const pick = tokens[(picks.next().value ?? 0) % tokens.length];
          correctPlan(own, plan, state, draft.tokens[i], pick ?? 0);
        }
      }
    }),
  );
});
