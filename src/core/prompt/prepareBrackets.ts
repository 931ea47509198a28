import fewShot from "#resources/prompts/few-shot.brackets.json" with { type: "json" };
import zeroShot from "#resources/prompts/zero-shot.brackets.json" with { type: "json" };
import type { Example } from "../entity/example.ts";
import type { InferencePort, TokenId } from "../ports.ts";
import type { PromptSettings } from "./promptSettings.ts";
import { PLAIN_DEPTH, requireStock } from "./stock.ts";
import { stockDecoding, stockPrompt } from "./stockPrompt.ts";
import { bracketTokens, plainName, withoutBrackets } from "./surface.ts";
import { exampleSource, taggedTokens } from "./tagged.ts";
import type { WindowPrompt } from "./windowPrompt.ts";

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
  const lines = settings.types.map((type) => ({ type, tokens: model.tokenize(`${plainName(type)}:`) }));
  const longestHead = Math.max(0, ...lines.map(({ tokens }) => tokens.length));
  const brackets = bracketTokens(model);
  const tokensOf = (view: string) => model.tokenize(withoutBrackets(view).replace("\n", " "));
  const lineEnd = model.tokenize("\n");
  const prompt = stockPrompt(model, settings, {
    templates: { zero: zeroShot, few: fewShot },
    tokensOf,
    reserve: longestHead + 2,
    // A token of the source stands in the prompt and in the line, there with two brackets at most; the first
    // piece of the line has a space before it.
    perToken: 4,
    turn(example) {
      const source = exampleSource(example, tokensOf);
      const [, ...rest] = source;
      const copied = [...exampleSource(example, (view) => tokensOf(` ${view}`)).slice(0, 1), ...rest];
      const answer = shownLines(example, settings.types).flatMap((type, index) => [
        ...(index === 0 ? [] : lineEnd),
        ...(lines.find((line) => line.type === type)?.tokens ?? []),
        ...taggedTokens(
          example,
          copied,
          { open: [{ type, tokens: [brackets.open] }], close: brackets.close },
          PLAIN_DEPTH,
        ),
      ]);
      return { source: source.flat(), answer };
    },
    figures: [PLAIN_DEPTH],
  });
  return { ...prompt, decoding: { brackets, lines, ...stockDecoding(model, prompt) } };
}

/**
 * The types whose lines an example shows: of those that it was read for those that it has, and one that it lacks, so
 * that a model also sees a line without brackets. Which one depends on the example: over several, each type has its turn.
 */
function shownLines({ id, spans, readFor }: Example, wanted: readonly string[]): string[] {
  const types = wanted.filter((type) => readFor?.includes(type) ?? true);
  const has = (type: string) => spans.some((span) => span.type === type);
  const lacking = types.filter((type) => !has(type));
  const turn = Number.parseInt(id.slice(0, 6), 16) || 0;
  const shown = lacking[turn % Math.max(1, lacking.length)];
  return types.filter((type) => has(type) || type === shown);
}
