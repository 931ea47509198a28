import type { Example } from "../entity/example.ts";
import type { InferencePort, TokenId } from "../ports.ts";
import { chatPrompt } from "./chatPrompt.ts";
import type { PromptSettings } from "./promptSettings.ts";
import { chatShots } from "./shots.ts";
import { PLAIN_DEPTH, plainWindow } from "./stock.ts";
import type { PromptTemplate } from "./template.ts";
import type { WindowPrompt } from "./windowPrompt.ts";

/** What the output formats of a stock model differ in. */
export type StockForm = {
  /** Of the paradigms without and with examples. */
  readonly templates: { readonly zero: PromptTemplate; readonly few: PromptTemplate };
  readonly tokensOf: WindowPrompt["tokensOf"];
  /** Tokens beside the prompt and the window that are always needed, such as the end of the answer. */
  readonly reserve: number;
  /** Tokens of prompt and answer that a token of the window can need. */
  readonly perToken: number;
  /** An example as a window of the prompt, and the answer to it. */
  turn(example: Example): { readonly source: readonly TokenId[]; readonly answer: readonly TokenId[] };
  /** Figures that shape the answer. */
  readonly figures: readonly unknown[];
};

/**
 * The prompt of a stock model: an instruction, examples as turns of the chat, and the window as the last turn.
 * @throws NG-MODEL-UNFIT, NG-CONTEXT
 */
export function stockPrompt(model: InferencePort, settings: PromptSettings, form: StockForm): WindowPrompt {
  const template = settings.paradigm === "few" ? form.templates.few : form.templates.zero;
  const chat = chatPrompt(model, template, settings.language ?? "en", settings);
  const fixed = chat.before.length + chat.after.length + form.reserve;
  const { room, before, identity } = chatShots(model, chat, settings, fixed, form.turn);
  return {
    tokensOf: form.tokensOf,
    room,
    before,
    prefix: (source, examples = []) => [...before(examples).tokens, ...source.flat(), ...chat.after],
    windowTokens: plainWindow(model, fixed + (room?.budgetTokens ?? 0), form.perToken),
    identity: JSON.stringify([
      chat.identity,
      settings.types,
      model.facts.contextTokens,
      ...form.figures,
      ...(identity === null ? [] : [identity]),
    ]),
  };
}

/** How the decoder treats a stock model: nothing about it was measured. */
export function stockDecoding(model: InferencePort, { before }: Pick<WindowPrompt, "before">) {
  return {
    sharedTokens: before([]).sharedTokens,
    callCost: model.facts.callCost,
    habits: null,
    maxDepth: PLAIN_DEPTH,
    openBias: 0,
    temperature: 1,
  } as const;
}
