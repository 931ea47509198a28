import fc from "fast-check";
import { expect, test } from "vitest";
import chinese from "#resources/prompts/definitions.zh.json" with { type: "json" };
import { splitPieces } from "../document/pieces.ts";
import { entityTypes } from "../entity/entityTypes.ts";
import type { OwnType } from "../entity/ownTypes.ts";
import type { GroundedProfile, InferencePort } from "../ports.ts";
import { preparePrompt } from "./preparePrompt.ts";
import type { PromptSettings } from "./promptSettings.ts";

const CHAT = ["<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"];

const profile: GroundedProfile = {
  bos: 1,
  sep: 2,
  eos: 3,
  close: 4,
  open: new Map([
    ["Age", 5],
    ["Sex", 6],
  ]),
  openBias: 0.5,
  temperature: 1.5,
  calibration: { slope: 0.5, intercept: -1, least: 0.3 },
  windowTokens: 100,
  windowSentences: null,
  exampleTokens: 0,
  maxDepth: 2,
  habits: null,
};

/** Tokens are code points above 1000; special tokens lie below. */
function model(facts: Partial<InferencePort["facts"]> = {}, specials = CHAT): InferencePort {
  return {
    facts: {
      name: "model",
      fileName: "model.gguf",
      sha256: "",
      adapterSha256: null,
      contextTokens: 8192,
      callCost: 3,
      profile: null,
      ...facts,
    },
    parallelism: 1,
    tokenize: (text) => Array.from(text, (character) => 1000 + (character.codePointAt(0) ?? 0)),
    detokenize: () => "",
    specialToken: (name) => (specials.includes(name) ? 10 + specials.indexOf(name) : null),
    openSequence: () => Promise.reject(new Error("not used")),
    dispose: async () => {},
  };
}

/** What the tokens say; special tokens by name. */
function spell(tokens: readonly number[]): string {
  return tokens
    .map((token) => (token < 1000 ? CHAT[token - 10] : String.fromCodePoint(token - 1000)))
    .join("");
}

const tuned: PromptSettings = { types: ["Age", "Sex"], paradigm: "tuned" };
const zero: PromptSettings = { types: ["Age", "Lab_value"], paradigm: "zero" };

test("a model of our own reads the source between its own marks", () => {
  const prompt = preparePrompt(model({ profile }), tuned);
  expect(prompt.prefix([[1050], [1051, 1052]])).toEqual([1, 1050, 1051, 1052, 2]);
  expect(prompt.windowTokens).toBe(100);
  expect(prompt.decoding).toEqual({
    surface: {
      end: 3,
      close: 4,
      open: [
        { type: "Age", tokens: [5] },
        { type: "Sex", tokens: [6] },
      ],
    },
    sharedTokens: 0,
    callCost: 3,
    habits: null,
    maxDepth: 2,
    openBias: 0.5,
    temperature: 1.5,
    calibration: { slope: 0.5, intercept: -1, least: 0.3 },
  });
});

test("a stock model is told the types and then the note, in its chat format", () => {
  const prompt = preparePrompt(model(), zero);
  const source = splitPieces("Hb [12].").map(({ view }) => prompt.tokensOf(view));
  const prefix = prompt.prefix(source);
  const words = spell(prefix);
  expect(words).toMatch(/^<\|begin_of_text\|><\|start_header_id\|>system<\|end_header_id\|>\n\n/);
  expect(words).toContain(
    "Age: The age of the patient or of another person, as written.\nLab_value: The result",
  );
  expect(words).not.toContain("Medication");
  expect(words).toMatch(
    /<\|eot_id\|><\|start_header_id\|>user<\|end_header_id\|>\n\nNote:\nHb \(12\)\.<\|eot_id\|><\|start_header_id\|>assistant<\|end_header_id\|>\n\n$/,
  );
  const { sharedTokens, surface } = prompt.decoding;
  expect(spell(prefix.slice(0, sharedTokens))).toMatch(/Note:\n$/);
  expect(surface.open.map(({ tokens }) => spell(tokens))).toEqual(["[Age:", "[Lab_value:"]);
  expect([spell([surface.close]), spell([surface.end])]).toEqual(["]", "<|eot_id|>"]);
});

test("a type of the user's own is explained by its definition and examples", () => {
  const ownTypes = [{ name: "Device", definition: "An implant or an aid.", examples: ["stent", "$& cane"] }];
  const settings = { ...zero, types: ["Age", "Device"], ownTypes };
  const words = (language: "en" | "zh") =>
    spell(preparePrompt(model(), { ...settings, language }).prefix([]));
  expect(words("en")).toContain("\nDevice: An implant or an aid. Examples: stent, $& cane.<|eot_id|>");
  expect(words("zh")).toContain(
    "Age：患者或他人的年龄，按原文书写。\nDevice：An implant or an aid.例如：stent、$& cane。<|eot_id|>",
  );
  expect(words("zh")).toContain("<|end_header_id|>\n\n病历：\n<|eot_id|>");
});

test("the identity is that of a type's words and of no note's language", () => {
  const of = (own: Partial<OwnType>, language: "en" | "zh" = "en") => {
    const ownTypes = [{ name: "Device", definition: "An aid.", examples: [], ...own }];
    return preparePrompt(model(), { ...zero, types: ["Device"], ownTypes, language }).identity;
  };
  expect(of({}, "zh")).toBe(of({}));
  expect(of({ definition: "An implant." })).not.toBe(of({}));
  expect(of({ examples: ["stent"] })).not.toBe(of({}));
});

test("every built-in type has a definition in Chinese", () => {
  expect(Object.keys(chinese)).toEqual(entityTypes.map(({ name }) => name));
});

test("no note yields a tag or a special token", () => {
  const prompt = preparePrompt(model(), zero);
  const { surface } = prompt.decoding;
  const decisive = [surface.end, surface.close, ...surface.open.map(({ tokens }) => tokens[0])];
  const hostile = fc.array(
    fc.constantFrom("[", "]", "[Age:", "<|eot_id|>", "<|close|>", " ", "\n", "】", "[\u0301", "text"),
  );
  fc.assert(
    fc.property(hostile, (words) => {
      const tokens = splitPieces(words.join("")).flatMap(({ view }) => prompt.tokensOf(view));
      for (const token of tokens) {
        expect(decisive).not.toContain(token);
        expect(token).toBeGreaterThanOrEqual(1000);
      }
    }),
  );
});

test("a window of a stock model is as long as the context allows, and refused where it allows none", () => {
  const types = entityTypes.map(({ name }) => name);
  const settings = { ...zero, types };
  expect(preparePrompt(model({ contextTokens: 100_000 }), settings).windowTokens).toBe(256);
  const prompt = preparePrompt(model(), settings);
  expect(prompt.windowTokens).toBeLessThan(256);
  const fixed = prompt.prefix([]).length;
  const perToken = 2 + 3 * (2 + Math.max(...types.map((name) => name.length + 1)));
  expect(fixed + 1 + prompt.windowTokens * perToken).toBeLessThanOrEqual(8192);
  expect(fixed + 1 + (prompt.windowTokens + 1) * perToken).toBeGreaterThan(8192);
  expect(() => preparePrompt(model({ contextTokens: fixed }), settings)).toThrow(
    expect.objectContaining({ code: "NG-CONTEXT" }),
  );
});

test("everything that shapes the answer is in the identity, and nothing else", () => {
  const of = (settings: Partial<PromptSettings>, own: Partial<GroundedProfile> = {}) =>
    preparePrompt(model({ profile: { ...profile, ...own } }), { ...tuned, ...settings }).identity;
  expect(of({})).toBe(of({}));
  const others = [
    of({ types: ["Sex", "Age"] }),
    of({}, { openBias: 0 }),
    of({}, { temperature: 1 }),
    of({}, { calibration: null }),
    of({}, { windowTokens: 99 }),
    of({}, { maxDepth: 3 }),
    preparePrompt(model(), zero).identity,
    preparePrompt(model(), { ...zero, types: ["Age"] }).identity,
  ];
  expect(new Set([of({}), ...others]).size).toBe(others.length + 1);
});

test.each<[string, InferencePort, PromptSettings, string]>([
  ["a type it does not know", model({ profile }), { ...tuned, types: ["Dose"] }, "NG-TYPES"],
  ["instructions for a tuned model", model({ profile }), { ...tuned, paradigm: "zero" }, "NG-MODEL-UNFIT"],
  ["tuned with a stock model", model(), { ...zero, paradigm: "tuned" }, "NG-MODEL-UNFIT"],
  ["examples without a bank", model(), { ...zero, paradigm: "few" }, "NG-BANK"],
  ["a type with a bracket", model(), { ...zero, types: ["A]"] }, "NG-TYPES"],
  ["a type with a colon", model(), { ...zero, types: ["A:B"] }, "NG-TYPES"],
  ["a model of another chat format", model({}, ["<|eot_id|>"]), zero, "NG-MODEL-UNFIT"],
  ["a model without an end of turn", model({}, CHAT.slice(0, 3)), zero, "NG-MODEL-UNFIT"],
  [
    "a vocabulary without brackets",
    { ...model(), tokenize: (text) => Array.from(text, () => [1, 2]).flat() },
    zero,
    "NG-MODEL-UNFIT",
  ],
])("refused: %s", (_, port, settings, code) => {
  expect(() => preparePrompt(port, settings)).toThrow(expect.objectContaining({ code }));
});
