import type { GgufFacts } from "./ggufFacts.ts";
import { isLarge } from "./workPlan.ts";

/** Context of a stock model: prompt, window and the longest tagged copy of it. */
const STOCK_CONTEXT = 4096;

/**
 * Tokens that a sequence must hold. For a model of the project's own: two ends of the prompt, the source, and
 * its longest output, in which every piece stands in as many tags as may be open, and the end; for one that takes
 * examples also these.
 */
export function contextTokensFor({ grounded, shape }: GgufFacts): number {
  if (grounded) {
    const { windowTokens, maxDepth, exampleTokens } = grounded;
    return 3 + windowTokens * (2 + 2 * maxDepth) + exampleTokens;
  }
  return Math.min(STOCK_CONTEXT, shape?.contextTokens || STOCK_CONTEXT);
}

/**
 * Tokens evaluated at a time: few for a large model, so that a cancel is heard within seconds and the rows of
 * logits, long with a large vocabulary, stay small.
 */
export function batchTokensFor(weightBytes: number): number {
  return isLarge(weightBytes) ? 32 : 512;
}
