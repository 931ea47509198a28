import selectorTemplate from "#resources/prompts/selector.json" with { type: "json" };
import type { Language } from "../document/noteDocument.ts";
import { NotegrainError } from "../errors.ts";
import type { GroundedProfile, InferencePort, TokenId } from "../ports.ts";
import { chatPrompt, unfit } from "./chatPrompt.ts";
import { plainWindow } from "./stock.ts";
import { bracketTokens, withoutBrackets } from "./surface.ts";
import { type AskedTypes, writeInstruction } from "./template.ts";

/** A candidate in its passage: the tokens of the passage's pieces, and which of them it holds. */
export type Candidate = {
  readonly source: readonly (readonly TokenId[])[];
  /** Half-open, in pieces of the passage. */
  readonly from: number;
  readonly to: number;
  readonly type: string;
};

/** What is asked about one candidate. */
export type Question = {
  /** What follows the prompt; the answer comes after its last token. */
  readonly tokens: readonly TokenId[];
  /** How many of them also begin the question about any later candidate of the same passage. */
  readonly shared: number;
};

/** How one model is asked "is the marked span a TYPE here?". */
export type SelectorPrompt = {
  tokensOf(view: string): readonly TokenId[];
  /** The prompt around a passage, the same for all candidates in it. */
  prefix(source: readonly (readonly TokenId[])[]): TokenId[];
  /** Tokens at the beginning of every prompt that are the same for all passages and hold nothing of one. */
  readonly instructionTokens: number;
  question(candidate: Candidate): Question;
  /** The tokens with which an answer may begin. */
  readonly yes: readonly TokenId[];
  readonly no: readonly TokenId[];
  /** Source tokens that a passage may hold. */
  readonly windowTokens: number;
  /** Everything that shapes the answer apart from model and note. */
  readonly identity: string;
};

/** The layout of a question to a model of the project's own. */
const OWN_FORMAT = "selector.tokens@1";
/** Pieces of the passage that stand around the candidate in a question in words, on each side. */
const AROUND = 8;
/** What a question in words needs besides its pieces and the name of the type, generously. */
const QUESTION_TOKENS = 64;

/**
 * The question in a model's own format, or in words for a stock model.
 * @throws NG-MODEL-UNFIT where a model of our own was not trained to judge; NG-TYPES; NG-CONTEXT
 */
export function prepareSelector(
  model: InferencePort,
  settings: AskedTypes & { readonly language?: Language },
): SelectorPrompt {
  const { profile } = model.facts;
  return profile ? ownQuestion(model, profile, settings) : questionInWords(model, settings);
}

/**
 * `<|bos|> passage <|sep|> passage up to the span <|open:TYPE|> span <|close|>`: what the tagger itself would write,
 * with this tag alone. Then `<|close|>` once more means yes and `<|bos|>` no: neither has a meaning there without a
 * selector. `training/notegrain_training/selector_sequence.py` holds the same rule; test/fixtures/selector.json pins
 * both.
 */
function ownQuestion(model: InferencePort, profile: GroundedProfile, { types }: AskedTypes): SelectorPrompt {
  const { teaching } = model.facts;
  if (teaching?.outputFormat !== "selector") throw unfit(model, "MODEL-NO-SELECTOR");
  if (teaching.prompt !== OWN_FORMAT) {
    throw unfit(model, "MODEL-SELECTOR-LAYOUT", { layout: teaching.prompt, expected: OWN_FORMAT });
  }
  for (const type of types) {
    if (profile.open.has(type)) continue;
    throw new NotegrainError("NG-TYPES", { detail: "TYPE-UNTAUGHT-SELECTOR", type });
  }
  return {
    tokensOf: (view) => model.tokenize(view),
    prefix: (source) => [profile.bos, ...source.flat(), profile.sep],
    instructionTokens: 0,
    question({ source, from, to, type }) {
      const before = source.slice(0, from).flat();
      const open = profile.open.get(type) as TokenId;
      return {
        tokens: [...before, open, ...source.slice(from, to).flat(), profile.close],
        shared: before.length,
      };
    },
    yes: [profile.close],
    no: [profile.bos],
    windowTokens: profile.windowTokens,
    identity: JSON.stringify([OWN_FORMAT, types, profile.windowTokens]),
  };
}

/** The passage in the chat format of LLaMA 3, then the candidate in brackets among the words next to it. */
function questionInWords(
  model: InferencePort,
  { language = "en", ...asked }: AskedTypes & { readonly language?: Language },
): SelectorPrompt {
  const chat = chatPrompt(model, selectorTemplate, language, asked);
  const words = selectorTemplate[language];
  const brackets = bracketTokens(model);
  const candidate = model.tokenize(words.candidate);
  const answers = (list: readonly string[]): TokenId[] => [
    ...new Set(list.flatMap((word) => model.tokenize(word).slice(0, 1))),
  ];
  const [yes, no] = [answers(words.yes), answers(words.no)];
  if (yes.some((token) => no.includes(token))) throw unfit(model, "MODEL-YES-NO");
  return {
    tokensOf: (view) => model.tokenize(withoutBrackets(view)),
    prefix: (source) => [...chat.before, ...source.flat()],
    instructionTokens: chat.before.length,
    question: ({ source, from, to, type }) => ({
      tokens: [
        ...candidate,
        ...source.slice(Math.max(0, from - AROUND), from).flat(),
        brackets.open,
        ...source.slice(from, to).flat(),
        brackets.close,
        ...source.slice(to, to + AROUND).flat(),
        ...model.tokenize(words.question.replace("{type}", () => type)),
        ...chat.after,
      ],
      shared: 0,
    }),
    yes,
    no,
    // A passage stands in the prompt, and at most as much of it again in a question.
    windowTokens: plainWindow(model, chat.before.length + chat.after.length + QUESTION_TOKENS, 2),
    identity: JSON.stringify([
      selectorTemplate.version,
      (["en", "zh"] as const).map((each) => [
        writeInstruction(selectorTemplate, each, asked),
        selectorTemplate[each],
      ]),
      asked.types,
      model.facts.contextTokens,
      AROUND,
    ]),
  };
}
