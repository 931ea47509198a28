import { withLeastMoved } from "../decode/confidence.ts";
import type { InferencePort } from "../ports.ts";
import { unfit } from "../prompt/chatPrompt.ts";

/**
 * How much is found: what is added to the model's own bias on opening a tag. `balanced` is the F1 that it was tuned
 * for; `high` finds more and is wrong more often. The model card shows the curve.
 */
export const recallLevels = { low: -1, balanced: 0, high: 1 } as const;
export type RecallLevel = keyof typeof recallLevels;

/**
 * The model with its bias moved, and with it the least confidence of what is kept.
 * @param recall added to the logit of every opening token
 * @throws NG-MODEL-UNFIT where it has no such bias
 */
export function withRecall(port: InferencePort, recall: number): InferencePort {
  const { profile } = port.facts;
  if (recall === 0) return port;
  if (profile === null) throw unfit(port, "MODEL-NO-RECALL");
  const moved = {
    ...profile,
    openBias: profile.openBias + recall,
    calibration: profile.calibration && withLeastMoved(profile.calibration, recall),
  };
  return { ...port, facts: { ...port.facts, profile: moved } };
}
