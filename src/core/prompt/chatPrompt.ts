import type { Language } from "../document/noteDocument.ts";
import { type ErrorParams, NotegrainError, type ReasonCode } from "../errors.ts";
import type { InferencePort, TokenId } from "../ports.ts";
import { type AskedTypes, type PromptTemplate, promptWords, writeInstruction } from "./template.ts";

/** Ends a turn of LLaMA 3 Instruct, and with it the output. */
export const END_OF_TURN = "<|eot_id|>";

/** A prompt around the source: what stands before its tokens and what after. */
export type ChatPrompt = {
  /** The instruction, and the beginning of the turn that holds the source. */
  readonly before: readonly TokenId[];
  /** The part of `before` from that turn on: it opens the turn of an example too. */
  readonly ask: readonly TokenId[];
  readonly after: readonly TokenId[];
  /** Ends a turn. */
  readonly end: TokenId;
  /** See `promptWords`. */
  readonly identity: string;
};

/** What a prompt needs to know of a model. */
export type PromptModel = Pick<InferencePort, "tokenize" | "specialToken" | "facts">;

/**
 * A prompt in the chat format of LLaMA 3 Instruct. The note comes last, so that everything before it is the
 * same for all windows and stays in the cache.
 * @param language of the instruction: that of the note
 * @throws NG-MODEL-UNFIT where the model lacks a token of that format
 */
export function chatPrompt(
  model: PromptModel,
  template: PromptTemplate,
  language: Language,
  asked: AskedTypes,
): ChatPrompt {
  const special = (name: string): TokenId => {
    const token = model.specialToken(name);
    if (token !== null) return token;
    throw unfit(model, "MODEL-NO-TOKEN", { token: name });
  };
  const header = (role: string): TokenId[] => [
    special("<|start_header_id|>"),
    ...model.tokenize(role),
    special("<|end_header_id|>"),
    ...model.tokenize("\n\n"),
  ];
  const end = special(END_OF_TURN);
  const ask = [...header("user"), ...model.tokenize(template[language].user)];
  return {
    before: [
      special("<|begin_of_text|>"),
      ...header("system"),
      ...model.tokenize(writeInstruction(template, language, asked)),
      end,
      ...ask,
    ],
    ask,
    after: [end, ...header("assistant")],
    end,
    identity: promptWords(template, asked),
  };
}

/** A model that cannot do what is asked of it. */
export function unfit(
  model: Pick<InferencePort, "facts">,
  reason: ReasonCode,
  values: ErrorParams = {},
): NotegrainError {
  return new NotegrainError("NG-MODEL-UNFIT", { name: model.facts.name, reason, ...values });
}
