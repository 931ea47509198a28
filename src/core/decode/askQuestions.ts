import type { CancelSignal, InferenceSequence, TokenId } from "../ports.ts";
import { keepPrefix } from "./keepPrefix.ts";
import { readLogits } from "./readLogits.ts";

export type QuestionsRequest = {
  readonly sequence: InferenceSequence;
  /** What stands before every question. */
  readonly prefix: readonly TokenId[];
  /** How many tokens of its beginning are the same for every note and hold nothing of one. */
  readonly instructionTokens: number;
  /** `shared` is how many tokens of a question also begin every later one. */
  readonly questions: readonly { readonly tokens: readonly TokenId[]; readonly shared: number }[];
  readonly yes: readonly TokenId[];
  readonly no: readonly TokenId[];
  readonly signal?: CancelSignal;
};

/**
 * The probability of yes for each question: the softmax over the tokens with which an answer may begin. The prompt
 * is read once, and of every question only what the one before it did not share; what is read thus depends on the
 * request alone, and so do the last digits.
 * @throws NG-CONTEXT, NG-CANCELLED, NG-MODEL-NUMBERS
 */
export async function askQuestions(
  request: QuestionsRequest,
): Promise<{ readonly probabilities: readonly number[]; readonly evaluatedTokens: number }> {
  const { sequence, prefix, instructionTokens, questions, yes, no, signal } = request;
  const answers = [...yes, ...no];
  let evaluatedTokens = await keepPrefix(
    sequence,
    prefix,
    { instructionTokens, marks: [prefix.length] },
    signal,
  );
  const probabilities: number[] = [];
  let held = 0;
  for (const { tokens, shared } of questions) {
    const added = tokens.slice(held);
    const wanted = added.map((_, i) => (i === added.length - 1 ? answers : null));
    const logits = (await readLogits(sequence, added, wanted, signal)).at(-1) ?? new Float32Array();
    probabilities.push(shareOf(logits, yes.length));
    evaluatedTokens += added.length;
    held = shared;
    await sequence.truncate(prefix.length + held);
  }
  return { probabilities, evaluatedTokens };
}

/** The share of the first `count` logits in the softmax over all. */
function shareOf(logits: Float32Array, count: number): number {
  const highest = Math.max(...logits);
  let [first, all] = [0, 0];
  for (const [i, logit] of logits.entries()) {
    const weight = Math.exp(logit - highest);
    all += weight;
    if (i < count) first += weight;
  }
  return first / all;
}
