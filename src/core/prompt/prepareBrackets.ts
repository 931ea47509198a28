import template from "#resources/prompts/zero-shot.brackets.json" with { type: "json" };
import type { InferencePort, TokenId } from "../ports.ts";
import { chatPrompt } from "./chatPrompt.ts";
import type { WindowPrompt } from "./preparePrompt.ts";
import { PLAIN_DEPTH, type PromptSettings, plainWindow, requireStock } from "./stock.ts";
import { bracketTokens, plainName, withoutBrackets } from "./surface.ts";

/** How a stock model is asked for symbolic tagging. */
export type BracketsPrompt = WindowPrompt & {
  readonly decoding: {
    readonly brackets: { readonly open: TokenId; readonly close: TokenId; readonly end: TokenId };
    readonly lines: readonly { readonly type: string; readonly tokens: readonly TokenId[] }[];
    readonly sharedTokens: number;
    readonly callCost: number;
    readonly habits: null;
    readonly maxDepth: number;
    readonly openBias: number;
    readonly temperature: number;
  };
};

/**
 * The prompt for `type: the sentence with [entities in [nested] brackets]`, a line for each type. As in plain-text
 * tags the model reads and copies parentheses for the brackets of the note; line breaks become spaces, since the
 * answer is one line.
 * @throws NG-MODEL-UNFIT, NG-TYPES, NG-CONTEXT
 */
export function prepareBrackets(model: InferencePort, settings: PromptSettings): BracketsPrompt {
  requireStock(model, settings);
  const chat = chatPrompt(model, template, settings.language ?? "en", settings);
  const lines = settings.types.map((type) => ({ type, tokens: model.tokenize(`${plainName(type)}:`) }));
  const longestHead = Math.max(0, ...lines.map(({ tokens }) => tokens.length));
  return {
    tokensOf: (view) => model.tokenize(withoutBrackets(view).replace("\n", " ")),
    prefix: (source) => [...chat.before, ...source.flat(), ...chat.after],
    // A token of the source stands in the prompt and in the line, there with two brackets at most; the first
    // piece of the line has a space before it.
    windowTokens: plainWindow(model, chat.before.length + chat.after.length + longestHead + 2, 4),
    decoding: {
      brackets: bracketTokens(model),
      lines,
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
