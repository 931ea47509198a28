import type { ControlledEvaluateInputItem, LlamaContextSequence, Token } from "node-llama-cpp";
import { NotegrainError } from "#core/errors.ts";
import type { CancelSignal, InferenceSequence, TokenId } from "#core/ports.ts";
import type { PromptStates } from "./states/promptStates.ts";

/** A sequence that stays with its context when it is given back, and keeps what it has read. */
export type LlamaSequence = Omit<InferenceSequence, "dispose">;

/** What the model says after one token. */
type Answer =
  | {
      readonly logits?: ReadonlyMap<Token, number>;
      readonly token?: Token | null;
      readonly totalLogitWeight?: number;
    }
  | undefined;

/**
 * At temperature 0 the library takes the highest logit. The weight of all of them together is no number as soon as
 * one of them is none; to learn it scans the vocabulary once and sorts nothing.
 */
const MOST_LIKELY = {
  generateNext: { token: true, totalLogitWeight: true, options: { temperature: 0 } },
} as const;

/**
 * One sequence of a context. Asks for logits by a filter and nothing else: everything besides them sorts or
 * scans the vocabulary once more.
 * @param capacity tokens it can hold
 * @param largestCall tokens evaluated at a time, between which a cancel is heard; a fixed number, since the
 * last digits of the logits depend on it
 * @param states where instructions are kept; null where they are not
 */
export function createLlamaSequence(
  sequence: LlamaContextSequence,
  capacity: number,
  largestCall: number,
  states: PromptStates | null,
): LlamaSequence {
  let tokens: TokenId[] = [];

  /** Evaluates in parts of the fixed size; what the cache holds stays known, whatever happens. */
  const evaluateInParts = async (
    items: readonly ControlledEvaluateInputItem[],
    added: readonly TokenId[],
    signal: CancelSignal | undefined,
  ): Promise<Answer[]> => {
    const needed = tokens.length + added.length;
    if (needed > capacity) throw new NotegrainError("NG-CONTEXT", { needed, available: capacity });
    const answers: Answer[] = [];
    try {
      while (answers.length < added.length) {
        if (signal?.aborted) throw new NotegrainError("NG-CANCELLED");
        const [from, to] = [answers.length, answers.length + largestCall];
        const output = await sequence.controlledEvaluate(items.slice(from, to));
        const part = added.slice(from, to);
        tokens.push(...part);
        answers.push(...part.map((_, i) => output[i]?.next));
      }
    } catch (error) {
      if (!(error instanceof NotegrainError)) {
        await sequence.clearHistory();
        tokens = [];
      }
      throw error;
    }
    return answers;
  };

  return {
    get tokens() {
      return tokens;
    },
    async evaluate(added, wanted, signal) {
      const items = added.map((token, i) => request(token, wanted[i] ?? null));
      const answers = await evaluateInParts(items, added, signal);
      return answers.map((answer, i) => {
        const candidates = wanted[i] ?? null;
        if (candidates === null) return null;
        // The library leaves out what is no number; `readLogits` refuses it.
        return Float32Array.from(candidates, (token) => answer?.logits?.get(token as Token) ?? Number.NaN);
      });
    },
    async mostLikelyNext(added, signal) {
      const items = added.map(
        (token, i): ControlledEvaluateInputItem =>
          i < added.length - 1 ? (token as Token) : [token as Token, MOST_LIKELY],
      );
      const { token, totalLogitWeight } = (await evaluateInParts(items, added, signal)).at(-1) ?? {};
      if (!Number.isFinite(totalLogitWeight)) throw new NotegrainError("NG-MODEL-NUMBERS");
      if (token === undefined || token === null) {
        throw new NotegrainError("NG-INTERNAL", { reason: "token missing" });
      }
      return token;
    },
    ...(states && {
      async readInstruction(added: readonly TokenId[], signal?: CancelSignal) {
        if (await states.restore(sequence, added)) {
          tokens = [...added];
          return 0;
        }
        await evaluateInParts(added as readonly Token[], added, signal);
        await states.keep(sequence, added);
        return added.length;
      },
    }),
    async truncate(length) {
      if (length >= tokens.length) return;
      await sequence.eraseContextTokenRanges([{ start: length, end: tokens.length }]);
      tokens.length = length;
    },
  };
}

function request(token: TokenId, wanted: readonly TokenId[] | null): ControlledEvaluateInputItem {
  if (wanted === null) return token as Token;
  return [token as Token, { generateNext: { logits: { filter: { tokens: wanted as Token[] } } } }];
}
