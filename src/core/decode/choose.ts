import type { TokenId } from "../ports.ts";
import type { Allowed } from "./state.ts";

/** What turns logits into a choice. */
export type ChoiceSettings = {
  /** Added to the logit of every opening token. */
  readonly openBias: number;
  /** Divides the logits before a probability is read off; the choice does not depend on it. */
  readonly temperature: number;
};

/** A token that was chosen. */
export type Decision = {
  readonly token: TokenId;
  /** Softmax over the allowed tokens alone; 1 where there was no choice. */
  readonly probability: number;
  /** Logits between it and the next best, after the bias; infinite where there was no choice. */
  readonly margin: number;
};

/**
 * Constrained greedy: the allowed token with the highest logit, the first of them in a tie.
 * @param logits of `allowed.tokens`, in their order; null where only one is allowed
 */
export function choose(allowed: Allowed, logits: Float32Array | null, settings: ChoiceSettings): Decision {
  const [only = -1] = allowed.tokens;
  if (logits === null) return { token: only, probability: 1, margin: Number.POSITIVE_INFINITY };
  let best = -1;
  let highest = Number.NEGATIVE_INFINITY;
  let second = Number.NEGATIVE_INFINITY;
  const biased = Array.from(logits, (logit, i) =>
    i < allowed.firstOpen ? logit : logit + settings.openBias,
  );
  for (const [i, logit] of biased.entries()) {
    if (best === -1 || logit > highest) {
      second = highest;
      highest = logit;
      best = i;
    } else if (logit > second) {
      second = logit;
    }
  }
  let sum = 0;
  for (const logit of biased) sum += Math.exp((logit - highest) / settings.temperature);
  return { token: allowed.tokens[best] ?? only, probability: 1 / sum, margin: highest - second };
}
