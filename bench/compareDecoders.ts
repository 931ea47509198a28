import { decodeWindow, type Strategy, type WindowResult } from "#core/decode/decodeWindow.ts";
import type { InferencePort, InferenceSequence } from "#core/ports.ts";
import { type PreparedPrompt, preparePrompt } from "#core/prompt/preparePrompt.ts";
import { type SampleWindow, sampleWindows } from "#engine/sampleWindows.ts";

/** Logits less than this apart may come out in either order: their last digits depend on the batch size. */
const NEAR_TIE = 0.01;

/** How parallel and token-by-token decoding of the same windows compare. */
export type Comparison = {
  readonly notes: number;
  readonly windows: number;
  readonly outputTokens: number;
  /** Windows whose outputs part where the two best were a near-tie. */
  readonly nearTies: number;
  /** Windows whose outputs part anywhere else: errors of the decoder. */
  readonly wrong: number;
  /** Choices in all outputs that were near-ties, most of which came out the same. */
  readonly closeChoices: number;
  /** The largest difference of a probability before outputs part. */
  readonly largestProbabilityDifference: number;
  readonly plainSeconds: number;
  readonly parallelSeconds: number;
};

/** Reads every note by both strategies, in full windows. */
export async function compareDecoders(
  port: InferencePort,
  texts: readonly string[],
  onNote?: (done: number) => void,
): Promise<Comparison> {
  const { profile } = port.facts;
  const prompt = preparePrompt(port, {
    types: profile ? [...profile.open.keys()] : ["Medication", "Medical_history", "Sign_symptom"],
    paradigm: profile ? "tuned" : "zero",
  });
  const sum = { windows: 0, outputTokens: 0, nearTies: 0, wrong: 0, closeChoices: 0 };
  const seconds = { plain: 0, parallel: 0 };
  let largest = 0;
  const sequence = await port.openSequence();
  try {
    for (const [index, text] of texts.entries()) {
      for (const sample of sampleWindows(prompt, text)) {
        const run = async (strategy: Strategy) => {
          const began = performance.now();
          const result = await decode(port, sequence, prompt, sample, strategy);
          seconds[strategy] += (performance.now() - began) / 1000;
          return result.output;
        };
        const [plain, parallel] = [await run("plain"), await run("parallel")];
        const parted = plain.findIndex(({ token }, i) => token !== parallel[i]?.token);
        const same = parted === -1 ? plain.length : parted;
        for (let i = 0; i < same; i++) {
          const difference = Math.abs((plain[i]?.probability ?? 0) - (parallel[i]?.probability ?? 0));
          largest = Math.max(largest, difference);
        }
        sum.windows += 1;
        sum.outputTokens += plain.length;
        sum.closeChoices += plain.filter(({ margin }) => margin < NEAR_TIE).length;
        if (parted !== -1) sum[(plain[parted]?.margin ?? 0) < NEAR_TIE ? "nearTies" : "wrong"] += 1;
      }
      onNote?.(index + 1);
    }
  } finally {
    await sequence.dispose();
  }
  return {
    notes: texts.length,
    ...sum,
    largestProbabilityDifference: largest,
    plainSeconds: seconds.plain,
    parallelSeconds: seconds.parallel,
  };
}

function decode(
  port: InferencePort,
  sequence: InferenceSequence,
  prompt: PreparedPrompt,
  sample: SampleWindow,
  strategy: Strategy,
): Promise<WindowResult> {
  return decodeWindow({
    ...prompt.decoding,
    ...sample,
    sequence,
    contextTokens: port.facts.contextTokens,
    strategy,
  });
}
