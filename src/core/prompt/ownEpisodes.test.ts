import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bareView, splitPieces } from "../document/pieces.ts";
import type { Example } from "../entity/example.ts";
import type { GroundedProfile, InferencePort } from "../ports.ts";
import { preparePrompt } from "./preparePrompt.ts";
import type { PromptSettings } from "./promptSettings.ts";

/** Written by `training/`, episodes.py, whose test reads it too. */
const fixture = JSON.parse(
  readFileSync(new URL("../../../test/fixtures/episode-prompts.json", import.meta.url), "utf8"),
) as {
  readonly records: readonly {
    readonly language: string;
    readonly types: readonly { readonly name: string; readonly definition: string | null }[];
    readonly examples: readonly Pick<Example, "text" | "spans">[];
    readonly window: string;
    readonly sequence: string;
  }[];
};

const SPECIALS = ["<|bos|>", "<|eos|>", "<|sep|>", "<|close|>", "<|open:1|>", "<|open:2|>", "<|open:3|>"];
const slots = [4, 5, 6];
const profile: GroundedProfile = {
  bos: 0,
  eos: 1,
  sep: 2,
  close: 3,
  open: new Map(),
  slots,
  openBias: 0,
  temperature: 1,
  calibration: null,
  windowTokens: 100,
  windowSentences: null,
  exampleTokens: 600,
  maxDepth: 3,
  habits: null,
};

/** Tokens above 1000 are characters. */
function model(facts: Partial<InferencePort["facts"]> = {}): InferencePort {
  return {
    facts: {
      name: "base",
      fileName: "base.gguf",
      sha256: "",
      adapterSha256: null,
      contextTokens: 2000,
      callCost: 3,
      profile,
      ...facts,
    },
    parallelism: 1,
    tokenize: (text) => Array.from(text, (character) => 1000 + (character.codePointAt(0) ?? 0)),
    detokenize: () => "",
    specialToken: () => null,
    openSequence: () => Promise.reject(new Error("not used")),
    dispose: async () => {},
  };
}

function spell(tokens: readonly number[]): string {
  return tokens.map((token) => SPECIALS[token] ?? String.fromCodePoint(token - 1000)).join("");
}

const bank = {
  name: "bank",
  identity: "bank",
  size: 1,
  missing: () => [],
  choose: async () => [],
};

test.each(fixture.records)(
  "the prompt is that of training: %#",
  ({ types, language, examples, window, sequence }) => {
    const ownTypes = types.flatMap(({ name, definition }) =>
      definition === null ? [] : [{ name, definition, examples: [] }],
    );
    const names = types.map(({ name }) => name);
    const isTuned = types.every(({ definition }) => definition === null);
    const teaching = {
      outputFormat: "grounded",
      prompt: "episodes@1",
      promptSha256: "",
      types: names,
    } as const;
    const prompt = preparePrompt(model(isTuned ? { teaching, adapterSha256: "a" } : {}), {
      types: names,
      ownTypes,
      language: language === "zh" ? "zh" : "en",
      paradigm: isTuned ? "tuned" : examples.length > 0 ? "few" : "zero",
      ...(examples.length > 0 && {
        fewShot: {
          bank,
          examples: 5,
          select: "random",
          budgetTokens: 500,
          seed: 0,
          excludedSources: [],
          pinned: [],
          banned: [],
        },
      }),
    } as unknown as PromptSettings);
    const shown = examples.map(
      (example, i): Example => ({ ...example, id: String(i), source: "s", language: "en" }),
    );
    const source = splitPieces(window).map((piece, i) =>
      prompt.tokensOf(i === 0 ? bareView(piece) : piece.view),
    );
    const tokens = prompt.prefix(source, shown);
    expect(spell(tokens)).toBe(sequence);
    expect(prompt.before(shown).sharedTokens).toBe(prompt.before(shown).tokens.length);
  },
);

test("an adapter's types keep its slots, whichever of them are wanted", () => {
  const teaching = {
    outputFormat: "grounded",
    prompt: "episodes@1",
    promptSha256: "",
    types: ["Age", "Sex", "Dosage"],
  } as const;
  const tuned = model({ teaching, adapterSha256: "a" });
  const { decoding } = preparePrompt(tuned, { types: ["Dosage", "Age"], paradigm: "tuned" });
  expect(decoding.surface.open).toEqual([
    { type: "Dosage", tokens: [6] },
    { type: "Age", tokens: [4] },
  ]);
  expect(() => preparePrompt(tuned, { types: ["Severity"], paradigm: "tuned" })).toThrow(
    expect.objectContaining({ code: "NG-TYPES" }),
  );
});

test("without such an adapter it is not tuned, and more types than slots are refused", () => {
  expect(() => preparePrompt(model(), { types: ["Age"], paradigm: "tuned" })).toThrow(
    expect.objectContaining({ code: "NG-MODEL-UNFIT" }),
  );
  expect(() => preparePrompt(model(), { types: ["Age", "Sex", "Date", "Dosage"], paradigm: "zero" })).toThrow(
    expect.objectContaining({
      code: "NG-TYPES",
      params: { detail: "TYPE-SLOTS", slots: 3, wanted: 4 },
    }),
  );
});

test("a prompt whose types leave no room for a window is refused", () => {
  expect(() => preparePrompt(model({ contextTokens: 40 }), { types: ["Age"], paradigm: "zero" })).toThrow(
    expect.objectContaining({ code: "NG-CONTEXT" }),
  );
});
