import fewShot from "#resources/prompts/few-shot.json.json" with { type: "json" };
import zeroShot from "#resources/prompts/zero-shot.json.json" with { type: "json" };
import { compareSpans } from "../document/span.ts";
import type { Example } from "../entity/example.ts";
import type { InferencePort, TokenId } from "../ports.ts";
import { END_OF_TURN } from "./chatPrompt.ts";
import type { PromptSettings } from "./promptSettings.ts";
import { requireStock } from "./stock.ts";
import { stockPrompt } from "./stockPrompt.ts";
import { exampleSource } from "./tagged.ts";
import type { WindowPrompt } from "./windowPrompt.ts";

/** How a stock model is asked for a JSON list. */
export type ReplyPrompt = WindowPrompt & {
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
  const tokensOf = (view: string) => model.tokenize(view);
  const prompt = stockPrompt(model, settings, {
    templates: { zero: zeroShot, few: fewShot },
    tokensOf,
    reserve: AT_LEAST,
    perToken: 1 + PER_TOKEN,
    turn: (example) => ({
      source: exampleSource(example, tokensOf).flat(),
      answer: model.tokenize(answerOf(example, settings.types)),
    }),
    figures: [PER_TOKEN, AT_LEAST, ENDS],
  });
  return {
    ...prompt,
    stop: ENDS.flatMap((name) => model.specialToken(name) ?? []),
    maxTokens: (sourceTokens) => AT_LEAST + PER_TOKEN * sourceTokens,
  };
}

/** The list that the instruction asks for, in the order of the note. */
function answerOf({ text, spans }: Example, types: readonly string[]): string {
  const objects = spans
    .filter(({ type }) => types.includes(type))
    .toSorted(compareSpans)
    .map(({ type, start, end }) => {
      const [name, words] = [type, text.slice(start, end)].map((part) => JSON.stringify(part));
      return `{"type": ${name}, "text": ${words}}`;
    });
  return `[${objects.join(", ")}]`;
}
