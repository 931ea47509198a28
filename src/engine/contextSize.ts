import type { GgufFacts } from "./ggufFacts.ts";

/** Context of a stock model: prompt, window and the longest tagged copy of it. */
const STOCK_CONTEXT = 4096;

/**
 * Tokens that a sequence must hold. For a model of the project's own: two ends of the prompt, the source, and
 * its longest output, in which every piece stands in as many tags as may be open, and the end.
 */
export function contextTokensFor({ grounded, shape }: GgufFacts): number {
  if (grounded) return 3 + grounded.windowTokens * (2 + 2 * grounded.maxDepth);
  return Math.min(STOCK_CONTEXT, shape?.contextTokens || STOCK_CONTEXT);
}

/** A batch keeps a row of logits for each of its tokens, which a large vocabulary makes long. */
export function batchTokensFor({ shape }: GgufFacts): number {
  return (shape?.vocabulary ?? 0) > 50_000 ? 128 : 512;
}
