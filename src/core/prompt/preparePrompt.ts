import type { OutputFormat, Paradigm } from "../entity/extraction.ts";
import { NotegrainError } from "../errors.ts";
import type { GroundedProfile, InferencePort, TagSurface, TokenId } from "../ports.ts";
import { chatPrompt, END_OF_TURN } from "./chatPrompt.ts";
import { profileSurface, textSurface, withoutBrackets } from "./surface.ts";

/** What is asked of a model. */
export type PromptSettings = {
  /** Names of the wanted types, in the order in which two on one span are listed. */
  readonly types: readonly string[];
  readonly paradigm: Paradigm;
  readonly outputFormat: OutputFormat;
};

/** How one model is asked: the same for all notes. */
export type PreparedPrompt = {
  /** The tokens of one piece as the model reads it. */
  tokensOf(view: string): readonly TokenId[];
  /** The prompt around the tokens of a window's pieces, up to where the output begins. */
  prefix(source: readonly (readonly TokenId[])[]): TokenId[];
  /** Source tokens that a window may hold. */
  readonly windowTokens: number;
  /** What the decoder needs to know. */
  readonly decoding: {
    readonly surface: TagSurface;
    /** Tokens at the beginning of every prompt that are the same for all windows. */
    readonly sharedTokens: number;
    readonly callCost: number;
    readonly maxDepth: number;
    readonly openBias: number;
    readonly temperature: number;
  };
  /** Everything that shapes the answer apart from model and note, for `promptSha256`. */
  readonly identity: string;
};

/** Tags that may be open at the same time in a stock model's output. */
const PLAIN_DEPTH = 3;
/** Source tokens that a stock model reads at a time, where its context allows: copying stays close by. */
const PLAIN_WINDOW = 256;

/**
 * Chooses the prompt for a model: its own format, or the zero-shot chat prompt for a stock model.
 * @throws NG-MODEL-UNFIT, NG-TYPES, NG-CONTEXT
 */
export function preparePrompt(model: InferencePort, settings: PromptSettings): PreparedPrompt {
  const { profile } = model.facts;
  if (settings.outputFormat !== "grounded")
    throw unfit(model, `${settings.outputFormat} output is not available`);
  return profile ? ownPrompt(model, profile, settings) : plainPrompt(model, settings);
}

function ownPrompt(model: InferencePort, profile: GroundedProfile, settings: PromptSettings): PreparedPrompt {
  if (settings.paradigm !== "tuned") throw unfit(model, "it is a tuned model and takes no instructions");
  const { openBias, temperature, windowTokens, maxDepth } = profile;
  return {
    tokensOf: (view) => model.tokenize(view),
    prefix: (source) => [profile.bos, ...source.flat(), profile.sep],
    windowTokens,
    decoding: {
      surface: profileSurface(profile, settings.types),
      sharedTokens: 0,
      callCost: model.facts.callCost,
      maxDepth,
      openBias,
      temperature,
    },
    identity: JSON.stringify(["own@1", settings.types, openBias, temperature, windowTokens, maxDepth]),
  };
}

function plainPrompt(model: InferencePort, { types, paradigm }: PromptSettings): PreparedPrompt {
  if (paradigm === "tuned") throw unfit(model, "it was not tuned for this task; use the paradigm zero");
  if (paradigm === "few") throw unfit(model, "prompts with examples are not available");
  const chat = chatPrompt(model, types);
  const surface = textSurface(model, types, END_OF_TURN);
  const windowTokens = plainWindow(model, surface, chat.before.length + chat.after.length);
  return {
    tokensOf: (view) => model.tokenize(withoutBrackets(view)),
    prefix: (source) => [...chat.before, ...source.flat(), ...chat.after],
    windowTokens,
    decoding: {
      surface,
      sharedTokens: chat.before.length,
      callCost: model.facts.callCost,
      maxDepth: PLAIN_DEPTH,
      openBias: 0,
      temperature: 1,
    },
    identity: JSON.stringify([chat.identity, types, windowTokens, PLAIN_DEPTH]),
  };
}

/** The longest window, up to PLAIN_WINDOW, whose longest legal output still fits beside the prompt. */
function plainWindow(model: InferencePort, surface: TagSurface, promptTokens: number): number {
  const { contextTokens } = model.facts;
  const tag = 1 + Math.max(0, ...surface.open.map(({ tokens }) => tokens.length));
  const perToken = 2 + tag * Math.min(PLAIN_DEPTH, surface.open.length);
  const window = Math.min(PLAIN_WINDOW, Math.floor((contextTokens - promptTokens - 1) / perToken));
  if (window > 0) return window;
  throw new NotegrainError("NG-CONTEXT", { needed: promptTokens + 1 + perToken, available: contextTokens });
}

function unfit(model: InferencePort, reason: string): NotegrainError {
  return new NotegrainError("NG-MODEL-UNFIT", { name: model.facts.name, reason });
}
