import { NotegrainError } from "#core/errors.ts";
import type { InferenceSequence, TokenId } from "#core/ports.ts";

/** A sequence that a test looks into. */
export type ObservedSequence = InferenceSequence & {
  /** Number of tokens of each call. */
  readonly calls: readonly number[];
};

/**
 * A sequence whose logits are a pure function of the tokens before: the same however they were batched, so
 * that two strategies must agree to the last bit.
 * @param logit of `candidate` after the tokens whose hash is `before`
 */
export function pureSequence(
  logit: (before: number, candidate: TokenId) => number,
  contextTokens = 1_000_000,
): ObservedSequence {
  let tokens: TokenId[] = [];
  let hashes: number[] = [];
  const calls: number[] = [];
  return {
    calls,
    get tokens() {
      return tokens;
    },
    async evaluate(added, wanted, signal) {
      if (signal?.aborted) throw new NotegrainError("NG-CANCELLED");
      if (tokens.length + added.length > contextTokens) throw new NotegrainError("NG-CONTEXT");
      calls.push(added.length);
      return added.map((token, i) => {
        tokens.push(token);
        hashes.push(mix(hashes.at(-1) ?? 0, token));
        const before = hashes.at(-1) ?? 0;
        const candidates = wanted[i] ?? null;
        return candidates === null
          ? null
          : Float32Array.from(candidates, (candidate) => logit(before, candidate));
      });
    },
    mostLikelyNext: () => Promise.reject(new Error("not used")),
    async truncate(length) {
      tokens = tokens.slice(0, length);
      hashes = hashes.slice(0, length);
    },
    async dispose() {},
  };
}

/** Logits that look random. Few `levels` make ties common. */
export function hashLogits(seed: number, levels: number): (before: number, candidate: TokenId) => number {
  return (before, candidate) => ((mix(mix(before, candidate), seed) >>> 8) % levels) / levels;
}

function mix(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ Math.imul(value + 0x9e3779b9, 0x85ebca6b), 0xc2b2ae35);
  mixed ^= mixed >>> 15;
  return Math.imul(mixed, 0x27d4eb2f) >>> 0;
}
