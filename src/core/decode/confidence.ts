import type { Calibration } from "../ports.ts";

/**
 * The confidence of an entity: the probability that a tag of this type opens before its first piece, times
 * the probability that it closes after its last, both given what was written before. Where an opening takes
 * several tokens, `opening` is the product of theirs.
 */
export function spanConfidence(opening: number, closing: number): number {
  return opening * closing;
}

/** As near to 0 and 1 as a confidence comes before its logit is taken; `training/` fits with the same figure. */
const EDGE = 1e-4;

/** The share of entities of this confidence that are right, as far as the model's calibration knows. */
export function calibrate(confidence: number, { slope, intercept }: Calibration): number {
  const inner = Math.min(Math.max(confidence, EDGE), 1 - EDGE);
  return 1 / (1 + Math.exp(-(slope * Math.log(inner / (1 - inner)) + intercept)));
}
