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

function logOdds(confidence: number): number {
  const inner = Math.min(Math.max(confidence, EDGE), 1 - EDGE);
  return Math.log(inner / (1 - inner));
}

/** The share of entities of this confidence that are right, as far as the model's calibration knows. */
export function calibrate(
  confidence: number,
  { slope, intercept }: Pick<Calibration, "slope" | "intercept">,
): number {
  return 1 / (1 + Math.exp(-(slope * logOdds(confidence) + intercept)));
}

/**
 * The calibration where openings were made likelier: what `recall` adds to their logit moves the confidences by its
 * slope, and the least one goes the other way by as much, so that one knob moves both.
 */
export function withLeastMoved(calibration: Calibration, recall: number): Calibration {
  const { slope, least } = calibration;
  return least > 0
    ? { ...calibration, least: calibrate(least, { slope: 1, intercept: -slope * recall }) }
    : calibration;
}
