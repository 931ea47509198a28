/** Longest draft, in tokens. */
const WIDEST = 256;
/** Weight of what was seen before, at each new draft. */
const MEMORY = 0.9;

/** Chooses how many tokens to draft, by how often drafts were wrong lately. */
export type DraftWidth = {
  readonly current: number;
  /** @param right tokens that were as drafted, @param wrong whether one was not */
  learn(right: number, wrong: boolean): void;
};

/**
 * With a chance of error `e` at each token, a draft of width w settles (1 − (1 − e)^w) / e tokens and costs the
 * call and w positions: the width that settles the most for its cost is taken.
 * @param callCost positions that cost as much as a call itself, in which the weights are read from memory
 */
export function createDraftWidth(callCost: number): DraftWidth {
  // As if seen: one error in six tokens, about what the density of tags in MACCROBAT leads to.
  let right = 5;
  let wrong = 1;
  let current = bestWidth(wrong / (right + wrong), callCost);
  return {
    get current() {
      return current;
    },
    learn(newRight, newWrong) {
      right = right * MEMORY + newRight;
      wrong = wrong * MEMORY + (newWrong ? 1 : 0);
      current = bestWidth(wrong / (right + wrong), callCost);
    },
  };
}

function bestWidth(error: number, callCost: number): number {
  let best = 1;
  let lowest = Number.POSITIVE_INFINITY;
  for (let width = 1; width <= WIDEST; width++) {
    const cost = (callCost + width) / (1 - (1 - error) ** width);
    if (cost >= lowest) break;
    [best, lowest] = [width, cost];
  }
  return best;
}
