import fewShot from "#resources/prompts/few-shot.grounded.json" with { type: "json" };
import zeroShot from "#resources/prompts/zero-shot.grounded.json" with { type: "json" };
import type { Calibration, DraftHabits, GroundedProfile, InferencePort, TagSurface } from "../ports.ts";
import { unfit } from "./chatPrompt.ts";
import { habitsFor } from "./habits.ts";
import { episodeOpening } from "./ownEpisodes.ts";
import type { PromptSettings } from "./promptSettings.ts";
import { requireBank, shots } from "./shots.ts";
import { fittingWindow, PLAIN_DEPTH, requireStock } from "./stock.ts";
import { stockDecoding, stockPrompt } from "./stockPrompt.ts";
import { profileSurface, textSurface, withoutBrackets } from "./surface.ts";
import { exampleSource, taggedTokens } from "./tagged.ts";
import type { WindowPrompt } from "./windowPrompt.ts";

/** How one model is asked for grounded output. */
export type PreparedPrompt = WindowPrompt & {
  /** What the decoder needs to know. */
  readonly decoding: {
    readonly surface: TagSurface;
    /** As `before` says of a prompt without examples. */
    readonly sharedTokens: number;
    readonly callCost: number;
    readonly habits: DraftHabits | null;
    readonly maxDepth: number;
    readonly openBias: number;
    readonly temperature: number;
    readonly calibration: Calibration | null;
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
  const { slots } = profile;
  if (settings.paradigm !== "tuned" && profile.exampleTokens === 0 && !slots) {
    throw unfit(model, "MODEL-NO-INSTRUCTIONS");
  }
  requireBank(settings);
  const { openBias, temperature, calibration, windowTokens, windowSentences, maxDepth, habits } = profile;
  const told = slots && episodeOpening(model, profile, slots, settings);
  const surface = told?.surface ?? profileSurface(profile, settings.types);
  const opening = told?.opening ?? [profile.bos];
  const fixed = opening.length + OWN_ENDS;
  const tokensOf = (view: string) => model.tokenize(view);
  // As in training (episodes): each example is a source and its tagged copy, then comes the window.
  const { room, before, identity } = shots(model, settings, fixed, {
    ownExamples: true,
    opening,
    closing: [],
    write(example) {
      const source = exampleSource(example, tokensOf);
      return [
        ...source.flat(),
        profile.sep,
        ...taggedTokens(example, source, surface, maxDepth),
        profile.eos,
      ];
    },
  });
  return {
    tokensOf,
    room,
    before,
    prefix: (source, examples = []) => [...before(examples).tokens, ...source.flat(), profile.sep],
    windowTokens:
      room || told
        ? fittingWindow(model, windowTokens, fixed + (room?.budgetTokens ?? 0), 2 + 2 * maxDepth)
        : windowTokens,
    decoding: {
      surface,
      sharedTokens: before([]).sharedTokens,
      callCost: model.facts.callCost,
      habits: habits && habitsFor(habits, [...profile.open.keys()], settings.types),
      maxDepth,
      openBias,
      temperature,
      calibration,
    },
    identity: JSON.stringify([
      told?.identity ?? "own@1",
      settings.types,
      openBias,
      temperature,
      calibration,
      windowTokens,
      windowSentences,
      maxDepth,
      ...(identity === null ? [] : [identity, model.facts.contextTokens]),
    ]),
  };
}

/** The separator of the prompt, and the end of the output. */
const OWN_ENDS = 2;

function plainPrompt(model: InferencePort, settings: PromptSettings): PreparedPrompt {
  requireStock(model, settings);
  const surface = textSurface(model, settings.types);
  const tag = 1 + Math.max(0, ...surface.open.map(({ tokens }) => tokens.length));
  const tokensOf = (view: string) => model.tokenize(withoutBrackets(view));
  const prompt = stockPrompt(model, settings, {
    templates: { zero: zeroShot, few: fewShot },
    tokensOf,
    reserve: 1,
    perToken: 2 + tag * Math.min(PLAIN_DEPTH, surface.open.length),
    turn(example) {
      const source = exampleSource(example, tokensOf);
      return { source: source.flat(), answer: taggedTokens(example, source, surface, PLAIN_DEPTH) };
    },
    figures: [PLAIN_DEPTH],
  });
  return { ...prompt, decoding: { surface, calibration: null, ...stockDecoding(model, prompt) } };
}
