import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { plant } from "../../../test/oracles/plant.ts";
import { stockModel } from "../../../test/support/stockModel.ts";
import { splitPieces } from "../document/pieces.ts";
import { entityTypes } from "../entity/entityTypes.ts";
import type { TypedSpan } from "../evaluate/gold.ts";
import type { GroundedProfile, InferencePort, TokenId } from "../ports.ts";
import { prepareSelector } from "../prompt/prepareSelector.ts";
import { judge } from "./judge.ts";
import { passagesOf } from "./passages.ts";

const taught = (prompt: string) =>
  ({ outputFormat: "selector", prompt, promptSha256: "", types: [] }) as const;
const S = "Sign_symptom";
const B = "Biological_structure";

const profile: GroundedProfile = {
  bos: 1,
  sep: 2,
  eos: 3,
  close: 4,
  open: new Map([
    [S, 5],
    [B, 6],
  ]),
  openBias: 0,
  temperature: 1,
  calibration: null,
  windowTokens: 100,
  windowSentences: null,
  exampleTokens: 0,
  maxDepth: 3,
  habits: null,
};

/** Reads single characters, keeps what it was asked, and answers yes with 3 to 1. */
function ownModel(facts: Partial<InferencePort["facts"]> = {}) {
  const rows: string[] = [];
  let evaluated = 0;
  const spell = (tokens: readonly TokenId[]): string =>
    tokens.map((token) => (token < 1000 ? `<${token}>` : String.fromCodePoint(token - 1000))).join("");
  const port: InferencePort = {
    facts: { ...stockModel(() => []).facts, profile, teaching: taught("selector.tokens@1"), ...facts },
    parallelism: 1,
    tokenize: (text) => Array.from(text, (character) => 1000 + (character.codePointAt(0) ?? 0)),
    detokenize: spell,
    specialToken: () => null,
    dispose: async () => {},
    async openSequence() {
      let tokens: TokenId[] = [];
      return {
        get tokens() {
          return tokens;
        },
        async evaluate(added, wanted) {
          tokens = [...tokens, ...added];
          evaluated += added.length;
          const last = wanted.at(-1) ?? null;
          if (last !== null) rows.push(`${spell(tokens)} ${last.join(" or ")}`);
          return wanted.map(
            (each) => each && Float32Array.from(each, (token) => (token === 4 ? Math.log(3) : 0)),
          );
        },
        mostLikelyNext: () => Promise.reject(new Error("not used")),
        async truncate(length) {
          tokens = tokens.slice(0, length);
        },
        dispose: async () => {},
      };
    },
  };
  return { port, rows, evaluated: () => evaluated };
}

/** Asks about all planted mentions; sentences are lines. */
async function ask(port: InferencePort, marked: string, language: "en" | "zh" = "en") {
  const { text, mentions } = plant(marked);
  const pieces = splitPieces(text);
  const starts = pieces.flatMap(({ view }, i) => (i === 0 || view.startsWith("\n") ? [i] : []));
  const sentences = starts.map((from, i) => ({ from, to: starts[i + 1] ?? pieces.length }));
  const answer = await judge(port, { types: [S, B], language }).ask({
    pieces,
    sentences,
    candidates: mentions as TypedSpan[],
  });
  return { mentions, ...answer };
}

test("a model of our own is asked in the tagger's own words, each sentence and copy read once", async () => {
  const { port, rows, evaluated } = ownModel();
  const { mentions, probabilities, evaluatedTokens } = await ask(
    port,
    "a b\nno ⟦⟦lung|Biological_structure⟧ pain|Sign_symptom⟧ or ⟦flu|Sign_symptom⟧",
  );
  expect(rows).toEqual([
    "<1>no lung pain or flu<2>no<6> lung<4> 4 or 1",
    "<1>no lung pain or flu<2>no<5> lung pain<4> 4 or 1",
    "<1>no lung pain or flu<2>no lung pain or<5> flu<4> 4 or 1",
  ]);
  for (const mention of mentions) expect(probabilities.get(mention)).toBeCloseTo(0.75, 6);
  const prompt = 2 + "no lung pain or flu".length;
  const questions = "no+ lung+".length + "+ lung pain+".length + " lung pain or+ flu+".length;
  expect(evaluatedTokens).toBe(prompt + questions);
  expect(evaluated()).toBe(evaluatedTokens);
});

test("of a sentence that is too long, as much as fits around the span", async () => {
  const { port, rows } = ownModel({ profile: { ...profile, windowTokens: 8 } });
  const { mentions, probabilities } = await ask(
    port,
    "a b c ⟦d|Sign_symptom⟧ e f ⟦longer than it|Sign_symptom⟧",
  );
  expect(rows).toEqual(["<1>b c d e<2>b c<5> d<4> 4 or 1"]);
  expect(mentions.map((mention) => probabilities.has(mention))).toEqual([true, false]);
});

test("a stock model is asked in words, in the language of the note, brackets of the note being none", async () => {
  const yes = (prompt: string) => [/Candidate: [^\n]*\[ lung pain\]/.test(prompt) ? "yes" : "No"];
  const model = stockModel(yes);
  const asked = await ask(model, "no [x] ⟦⟦lung|Biological_structure⟧ pain|Sign_symptom⟧ today");
  const [lung, pain] = model.prompts;
  expect(lung).toContain(
    "Passage:\nno (x) lung pain today\n\nCandidate: no (x)[ lung] pain today\nType: Biological_structure\n",
  );
  expect(pain).toContain("\n\nCandidate: no (x)[ lung pain] today\nType: Sign_symptom\n");
  const [whole, part] = asked.mentions.map((mention) => asked.probabilities.get(mention) ?? -1);
  expect(whole).toBeGreaterThan(0.9);
  expect(part).toBeLessThan(0.1);

  const chinese = stockModel(() => ["是"]);
  const answer = await ask(chinese, "患者⟦胸痛|Sign_symptom⟧2天", "zh");
  expect(chinese.prompts[0]).toContain("候选：患者[胸痛]2天\n类型：Sign_symptom\n");
  expect([...answer.probabilities.values()][0]).toBeGreaterThan(0.9);
});

test.each<[string, Partial<InferencePort["facts"]>, string]>([
  ["a tagger", { teaching: { ...taught("x"), outputFormat: "grounded" } }, "NG-MODEL-UNFIT"],
  ["another layout of the question", { teaching: taught("selector.tokens@2") }, "NG-MODEL-UNFIT"],
  ["a type it does not know", { profile: { ...profile, open: new Map([[S, 5]]) } }, "NG-TYPES"],
])("refused: %s", async (_, facts, code) => {
  await expect(ask(ownModel(facts).port, "⟦x|Sign_symptom⟧")).rejects.toMatchObject({ code });
});

test("every passage holds its candidates, fits, and every candidate that fits has one", () => {
  const words = fc.array(fc.constantFrom("a", "bb", "胸", "ccc\n", "."), { minLength: 1, maxLength: 30 });
  const draws = fc.array(fc.tuple(fc.nat(29), fc.integer({ min: 1, max: 9 })), { maxLength: 12 });
  fc.assert(
    fc.property(words, draws, fc.integer({ min: 1, max: 25 }), fc.nat(5), (parts, drawn, limit, cut) => {
      const pieces = splitPieces(parts.join(" "));
      const tokens = pieces.map(({ view }) => view.length);
      const size = (from: number, to: number) => tokens.slice(from, to).reduce((a, b) => a + b, 0);
      const middle = Math.min(cut, pieces.length);
      const sentences = [
        { from: 0, to: middle },
        { from: middle, to: pieces.length },
      ].filter(({ from, to }) => from < to);
      const candidates = drawn.flatMap(([at, length]) => {
        const to = Math.min(pieces.length, at + length);
        const [first, last] = [pieces[at], pieces[to - 1]];
        return first && last ? [{ start: first.start, end: last.end, from: at, to }] : [];
      });
      const passages = passagesOf(pieces, sentences, candidates, tokens, limit);
      const placed = new Set(
        passages.flatMap((passage) => {
          expect(size(passage.from, passage.to)).toBeLessThanOrEqual(limit);
          return passage.candidates.map(({ of, from, to }) => {
            expect({ from, to }).toEqual({ from: of.from, to: of.to });
            expect(passage.from <= from && to <= passage.to).toBe(true);
            return of;
          });
        }),
      );
      for (const candidate of candidates) {
        expect(placed.has(candidate)).toBe(size(candidate.from, candidate.to) <= limit);
      }
    }),
  );
});

type Fixture = {
  readonly firstSpecial: number;
  readonly yes: number;
  readonly no: number;
  readonly cases: readonly {
    readonly pieces: readonly (readonly number[])[];
    readonly from: number;
    readonly to: number;
    readonly type: string;
    readonly ids: readonly number[];
  }[];
};

test("questions are those of the fixture that Python shares", () => {
  const file = new URL("../../../test/fixtures/selector.json", import.meta.url);
  const { firstSpecial, yes, no, cases }: Fixture = JSON.parse(readFileSync(file, "utf8"));
  expect(cases.length).toBeGreaterThan(3);
  const special = (i: number) => firstSpecial + i;
  const types = entityTypes.map(({ name }) => name);
  const own = { bos: special(0), eos: special(1), sep: special(3), close: special(4) };
  const open = new Map(types.map((type, i) => [type, special(5 + i)]));
  const { port } = ownModel({ profile: { ...profile, ...own, open } });
  const prompt = prepareSelector(port, { types });
  expect([prompt.yes, prompt.no]).toEqual([[yes], [no]]);
  for (const { pieces: source, from, to, type, ids } of cases) {
    const question = prompt.question({ source, from, to, type });
    expect([...prompt.prefix(source), ...question.tokens]).toEqual(ids);
  }
});
