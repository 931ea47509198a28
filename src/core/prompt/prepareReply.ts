import template from "#resources/prompts/zero-shot.json.json" with { type: "json" };
import type { InferencePort, TokenId } from "../ports.ts";
import { chatPrompt, END_OF_TURN } from "./chatPrompt.ts";
import type { WindowPrompt } from "./preparePrompt.ts";
import { type PromptSettings, plainWindow, requireStock } from "./stock.ts";

/** How a stock model is asked for a JSON list. */
export type ReplyPrompt = WindowPrompt & {
  readonly sharedTokens: number;
  /** Any of them ends a reply. */
  readonly stop: readonly TokenId[];
  /** The longest reply, for so many tokens of the source. */
  maxTokens(sourceTokens: number): number;
};

/**
 * An object with a short text takes about 17 tokens of LLaMA 3, and dense notes (MACCROBAT) have an entity every
 * six: a reply three times as long as its source. One more for nested entities.
 */
const PER_TOKEN = 4;
/** For the brackets of the list, and for a short sentence with many entities. */
const AT_LEAST = 64;
/** What may end a reply, where the model has it. */
const ENDS = [END_OF_TURN, "<|end_of_text|>", "<|eom_id|>"];

/**
 * The prompt for `[{"type": …, "text": …}, …]` (BioSelectTune, arXiv 2512.22738).
 * @throws NG-MODEL-UNFIT, NG-CONTEXT
 */
export function prepareReply(model: InferencePort, settings: PromptSettings): ReplyPrompt {
  requireStock(model, settings);
  const chat = chatPrompt(model, template, settings.language ?? "en", settings);
  return {
    tokensOf: (view) => model.tokenize(view),
    prefix: (source) => [...chat.before, ...source.flat(), ...chat.after],
    windowTokens: plainWindow(model, chat.before.length + chat.after.length + AT_LEAST, 1 + PER_TOKEN),
    sharedTokens: chat.before.length,
    stop: ENDS.flatMap((name) => model.specialToken(name) ?? []),
    maxTokens: (sourceTokens) => AT_LEAST + PER_TOKEN * sourceTokens,
    identity: JSON.stringify([
      chat.identity,
      settings.types,
      model.facts.contextTokens,
      PER_TOKEN,
      AT_LEAST,
      ENDS,
    ]),
  };
}
