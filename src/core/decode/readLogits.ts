import { NotegrainError } from "../errors.ts";
import type { CancelSignal, InferenceSequence, TokenId } from "../ports.ts";

/**
 * Reads on, as the sequence does. Weights that are damaged give logits that are no numbers, by which every choice
 * would be made up.
 * @throws NG-MODEL-NUMBERS, and as the sequence
 */
export async function readLogits(
  sequence: Pick<InferenceSequence, "evaluate">,
  tokens: readonly TokenId[],
  wanted: readonly (readonly TokenId[] | null)[],
  signal?: CancelSignal,
): Promise<(Float32Array | null)[]> {
  const answers = await sequence.evaluate(tokens, wanted, signal);
  for (const logits of answers) {
    if (logits !== null && !logits.every(Number.isFinite)) throw new NotegrainError("NG-MODEL-NUMBERS");
  }
  return answers;
}
