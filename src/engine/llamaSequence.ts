import type { ControlledEvaluateInputItem, LlamaContextSequence, Token } from "node-llama-cpp";
import { NotegrainError } from "#core/errors.ts";
import type { InferenceSequence, TokenId } from "#core/ports.ts";

/** A sequence that stays with its context when it is given back, and keeps what it has read. */
export type LlamaSequence = Omit<InferenceSequence, "dispose">;

/**
 * One sequence of a context. Asks for logits by a filter and nothing else: everything besides them sorts or
 * scans the vocabulary once more.
 * @param capacity tokens it can hold
 * @param largestCall tokens evaluated at a time, between which a cancel is heard; a fixed number, since the
 * last digits of the logits depend on it
 */
export function createLlamaSequence(
  sequence: LlamaContextSequence,
  capacity: number,
  largestCall: number,
): LlamaSequence {
  let tokens: TokenId[] = [];

  const call = async (
    part: readonly TokenId[],
    wanted: readonly (readonly TokenId[] | null)[],
  ): Promise<(Float32Array | null)[]> => {
    const output = await sequence.controlledEvaluate(
      part.map((token, i) => request(token, wanted[i] ?? null)),
    );
    tokens.push(...part);
    return part.map((_, i) => {
      const candidates = wanted[i] ?? null;
      if (candidates === null) return null;
      const logits = output[i]?.next.logits;
      if (logits === undefined) throw new NotegrainError("NG-INTERNAL", { reason: "logits missing" });
      return Float32Array.from(candidates, (token) => logits.get(token as Token) ?? Number.NaN);
    });
  };

  return {
    get tokens() {
      return tokens;
    },
    async evaluate(added, wanted, signal) {
      const needed = tokens.length + added.length;
      if (needed > capacity) throw new NotegrainError("NG-CONTEXT", { needed, available: capacity });
      const answers: (Float32Array | null)[] = [];
      try {
        while (answers.length < added.length) {
          if (signal?.aborted) throw new NotegrainError("NG-CANCELLED");
          const [from, to] = [answers.length, answers.length + largestCall];
          answers.push(...(await call(added.slice(from, to), wanted.slice(from, to))));
        }
      } catch (error) {
        if (!(error instanceof NotegrainError)) {
          // What the cache holds now is unknown.
          await sequence.clearHistory();
          tokens = [];
        }
        throw error;
      }
      return answers;
    },
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
