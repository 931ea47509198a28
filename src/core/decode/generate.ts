import type { CancelSignal, InferenceSequence, TokenId } from "../ports.ts";
import { keepPrefix } from "./keepPrefix.ts";

export type GenerateRequest = {
  readonly sequence: InferenceSequence;
  readonly prompt: readonly TokenId[];
  /** How many tokens of its beginning are the same for every window. */
  readonly sharedTokens: number;
  /** Of these, how many are the same for every note and hold nothing of one. */
  readonly instructionTokens?: number;
  /** Any of them ends the reply. */
  readonly stop: readonly TokenId[];
  /** The reply is cut after so many. */
  readonly maxTokens: number;
  readonly signal?: CancelSignal;
};

/** What a model wrote freely; `ended` is false where the reply was cut. */
export type Generated = {
  readonly tokens: readonly TokenId[];
  readonly ended: boolean;
  /** Tokens that the model read or wrote. */
  readonly evaluatedTokens: number;
};

/**
 * Lets the model write, always the token most likely to come next.
 * @throws NG-CONTEXT where prompt and reply do not fit, NG-CANCELLED, NG-MODEL-NUMBERS
 */
export async function generate(request: GenerateRequest): Promise<Generated> {
  const { sequence, prompt, instructionTokens = 0, sharedTokens, stop, maxTokens, signal } = request;
  let evaluatedTokens = await keepPrefix(
    sequence,
    prompt,
    { instructionTokens, marks: [sharedTokens] },
    signal,
  );
  const tokens: TokenId[] = [];
  let pending = prompt.slice(sharedTokens);
  while (tokens.length < maxTokens) {
    const token = await sequence.mostLikelyNext(pending, signal);
    evaluatedTokens += pending.length;
    if (stop.includes(token)) return { tokens, ended: true, evaluatedTokens };
    tokens.push(token);
    pending = [token];
  }
  return { tokens, ended: false, evaluatedTokens };
}
