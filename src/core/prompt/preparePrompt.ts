import template from "#resources/prompts/zero-shot.grounded.json" with { type: "json" };
import type { DraftHabits, GroundedProfile, InferencePort, TagSurface, TokenId } from "../ports.ts";
import { chatPrompt, unfit } from "./chatPrompt.ts";
import { habitsFor } from "./habits.ts";
import { PLAIN_DEPTH, type PromptSettings, plainWindow, requireStock } from "./stock.ts";
import { profileSurface, textSurface, withoutBrackets } from "./surface.ts";

/** How one model is asked for something, whatever the form of its answer. */
export type WindowPrompt = {
  /** The tokens of one piece as the model reads it. */
  tokensOf(view: string): readonly TokenId[];
  /** The prompt around the tokens of a window's pieces, up to where the output begins. */
  prefix(source: readonly (readonly TokenId[])[]): TokenId[];
  /** Source tokens that a window may hold. */
  readonly windowTokens: number;
  /** Everything that shapes the answer apart from model and note, for `promptSha256`. */
  readonly identity: string;
};

/** How one model is asked for grounded output. */
export type PreparedPrompt = WindowPrompt & {
  /** What the decoder needs to know. */
  readonly decoding: {
    readonly surface: TagSurface;
    /** Tokens at the beginning of every prompt that are the same for all windows. */
    readonly sharedTokens: number;
    readonly callCost: number;
    readonly habits: DraftHabits | null;
    readonly maxDepth: number;
    readonly openBias: number;
    readonly temperature: number;
  };
};

/**
 * Chooses the prompt for grounded output: a model's own format, or the zero-shot chat prompt for a stock model.
 * @throws NG-MODEL-UNFIT, NG-TYPES, NG-CONTEXT
 */
export function preparePrompt(model: InferencePort, settings: PromptSettings): PreparedPrompt {
  const { profile } = model.facts;
  return profile ? ownPrompt(model, profile, settings) : plainPrompt(model, settings);
}

function ownPrompt(model: InferencePort, profile: GroundedProfile, settings: PromptSettings): PreparedPrompt {
  if (settings.paradigm !== "tuned") throw unfit(model, "it is a tuned model and takes no instructions");
  const { openBias, temperature, windowTokens, windowSentences, maxDepth, habits } = profile;
  return {
    tokensOf: (view) => model.tokenize(view),
    prefix: (source) => [profile.bos, ...source.flat(), profile.sep],
    windowTokens,
    decoding: {
      surface: profileSurface(profile, settings.types),
      sharedTokens: 0,
      callCost: model.facts.callCost,
      habits: habits && habitsFor(habits, [...profile.open.keys()], settings.types),
      maxDepth,
      openBias,
      temperature,
    },
    identity: JSON.stringify([
      "own@1",
      settings.types,
      openBias,
      temperature,
      windowTokens,
      windowSentences,
      maxDepth,
    ]),
  };
}

function plainPrompt(model: InferencePort, settings: PromptSettings): PreparedPrompt {
  requireStock(model, settings);
  const chat = chatPrompt(model, template, settings.language ?? "en", settings);
  const surface = textSurface(model, settings.types);
  const tag = 1 + Math.max(0, ...surface.open.map(({ tokens }) => tokens.length));
  return {
    tokensOf: (view) => model.tokenize(withoutBrackets(view)),
    prefix: (source) => [...chat.before, ...source.flat(), ...chat.after],
    windowTokens: plainWindow(
      model,
      chat.before.length + chat.after.length + 1,
      2 + tag * Math.min(PLAIN_DEPTH, surface.open.length),
    ),
    decoding: {
      surface,
      sharedTokens: chat.before.length,
      callCost: model.facts.callCost,
      habits: null,
      maxDepth: PLAIN_DEPTH,
      openBias: 0,
      temperature: 1,
    },
    identity: JSON.stringify([chat.identity, settings.types, model.facts.contextTokens, PLAIN_DEPTH]),
  };
}
