import { entityTypes } from "#core/entity/entityTypes.ts";
import { NotegrainError } from "#core/errors.ts";
import type {
  CancelSignal,
  GroundedProfile,
  InferencePort,
  InferenceSequence,
  TokenId,
} from "#core/ports.ts";
import { createFakeJudge } from "./fakeJudge.ts";
import { createFakeReader, type FakeMention } from "./fakeReader.ts";
import { createSlots } from "./slots.ts";

/** As on a processor. */
const CALL_COST = 3;

/** How the fake model behaves. */
export type FakeEngineOptions = {
  /** What the model "knows": the mentions of a text, as UTF-16 spans into it. */
  readonly tag: (text: string) => readonly FakeMention[];
  /** Makes it a selector: how likely a span of a text is one of its type. */
  readonly judge?: (text: string, mention: FakeMention) => number;
  /** Default: the built-in types. */
  readonly types?: readonly string[];
  /** Default: 8192. */
  readonly contextTokens?: number;
  /** Default: 2. */
  readonly parallelism?: number;
  /** Parts of the profile to change. */
  readonly profile?: Partial<
    Pick<
      GroundedProfile,
      "openBias" | "temperature" | "calibration" | "windowTokens" | "maxDepth" | "exampleTokens"
    >
  >;
  /** Milliseconds that each call takes; default 0. */
  readonly delay?: number;
  /** While true, no call is answered but one that is called off: what a test does meanwhile may take its time. */
  readonly isHeld?: () => boolean;
  /** Called with the number of the call before it is answered; what it throws, the model "throws". */
  readonly onEvaluate?: (call: number) => void;
};

/**
 * An engine without a model, for tests: it tags by a rule, answers in logits, and so goes through the real
 * decoder. Its tokens are up to four characters of a piece.
 */
export function createFakeEngine(options: FakeEngineOptions): InferencePort {
  const types = options.types ?? entityTypes.map((type) => type.name);
  const contextTokens = options.contextTokens ?? 8192;
  const parallelism = options.parallelism ?? 2;
  const specials = ["<|bos|>", "<|eos|>", "<|sep|>", "<|close|>", ...types.map((type) => `<|open:${type}|>`)];
  const words: string[] = [...specials];
  const ids = new Map<string, TokenId>();
  const profile: GroundedProfile = {
    bos: 0,
    eos: 1,
    sep: 2,
    close: 3,
    open: new Map(types.map((type, i) => [type, 4 + i])),
    openBias: 0,
    temperature: 1,
    calibration: null,
    windowTokens: 512,
    windowSentences: null,
    exampleTokens: 0,
    maxDepth: 3,
    habits: null,
    ...options.profile,
  };
  const wordOf = (token: TokenId) => words[token] ?? "";
  const reader = options.judge
    ? createFakeJudge(profile, wordOf, options.judge)
    : createFakeReader(profile, wordOf, options.tag);
  const slots = createSlots(Array.from({ length: parallelism }, (_, i) => i));
  let calls = 0;

  const openSequence = async (): Promise<InferenceSequence> => {
    const place = await slots.take();
    let tokens: TokenId[] = [];
    let open = true;
    const append = async (added: readonly TokenId[], signal: CancelSignal | undefined): Promise<void> => {
      const needed = tokens.length + added.length;
      if (needed > contextTokens) {
        throw new NotegrainError("NG-CONTEXT", { needed, available: contextTokens });
      }
      do await new Promise((resolve) => setTimeout(resolve, options.delay ?? 0));
      while (options.isHeld?.() === true && !signal?.aborted);
      if (signal?.aborted) throw new NotegrainError("NG-CANCELLED");
      calls += 1;
      options.onEvaluate?.(calls);
      tokens = [...tokens, ...added];
    };
    return {
      get tokens() {
        return tokens;
      },
      async evaluate(added, wanted, signal) {
        const before = tokens.length;
        await append(added, signal);
        return wanted.map((candidates, i) =>
          candidates === null ? null : reader.logits(tokens.slice(0, before + i + 1), candidates),
        );
      },
      async mostLikelyNext(added, signal) {
        await append(added, signal);
        return reader.mostLikely(tokens);
      },
      async truncate(length) {
        tokens = tokens.slice(0, length);
      },
      async dispose() {
        if (open) slots.give(place);
        open = false;
      },
    };
  };

  return {
    facts: {
      name: "fake",
      fileName: "fake.gguf",
      sha256: "0".repeat(64),
      adapterSha256: null,
      contextTokens,
      callCost: CALL_COST,
      profile,
      ...(options.judge && {
        teaching: { outputFormat: "selector", prompt: "selector.tokens@1", promptSha256: "", types },
      }),
    },
    parallelism,
    tokenize(text) {
      return (text.match(/.{1,4}/gsu) ?? []).map((word) => {
        const id = ids.get(word) ?? words.push(word) - 1;
        ids.set(word, id);
        return id;
      });
    },
    detokenize: (tokens) => tokens.map((token) => (token < specials.length ? "" : words[token])).join(""),
    specialToken(name) {
      const id = specials.indexOf(name);
      return id === -1 ? null : id;
    },
    openSequence,
    async dispose() {},
  };
}

/** Tags every occurrence of the words given, case aside: `tagWords({ "chest pain": "Sign_symptom" })`. */
export function tagWords(words: Readonly<Record<string, string>>): (text: string) => FakeMention[] {
  return (text) =>
    Object.entries(words).flatMap(([word, type]) => {
      const pattern = new RegExp(
        `(?<!\\p{L})${word.replace(/[^\p{L}\p{N} ]/gu, "\\$&")}(?!\\p{Script=Latin})`,
        "giu",
      );
      return [...text.matchAll(pattern)].map(({ index, 0: found }) => ({
        type,
        start: index,
        end: index + found.length,
      }));
    });
}
