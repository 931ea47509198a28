import { decodeWindow, type Strategy } from "#core/decode/decodeWindow.ts";
import type { InferencePort, InferenceSequence } from "#core/ports.ts";
import { isTuned, knownTypes } from "#core/prompt/knownTypes.ts";
import { type PreparedPrompt, preparePrompt } from "#core/prompt/preparePrompt.ts";
import { type SampleWindow, sampleWindows } from "./sampleWindows.ts";

/** Speed of one sequence of a model on this machine, all taken in one run on the same notes. */
export type SpeedReport = {
  /** Reading alone, without logits: the bound of what can be verified at a time. */
  readonly prefillTokensPerSecond: number;
  /** Output tokens (copied words and tags) of grounded decoding, many positions in a batch. */
  readonly groundedParallelTokensPerSecond: number;
  /** The same output, a token at a time. */
  readonly tokenByTokenTokensPerSecond: number;
  readonly parallelOverTokenByToken: number;
  /** Reading against writing a token at a time: no way of verifying drafts can gain more. */
  readonly prefillOverDecode: number;
  /** From an empty cache to the first settled mention, the prompt included; null where none was found. */
  readonly firstEntitySeconds: number | null;
  readonly peakResidentBytes: number;
  /** What the figures stand on. */
  readonly configuration: {
    readonly model: string;
    readonly modelSha256: string;
    readonly sourceTokens: number;
    readonly outputTokens: number;
    /** Share of tags in the output. */
    readonly tagShare: number;
    readonly windows: number;
    /** Output tokens that a parallel batch settled, and positions evaluated for each. */
    readonly tokensPerBatch: number;
    readonly positionsPerToken: number;
    /** Windows on which the two gave another output: near-ties. */
    readonly different: number;
  };
};

/**
 * Reads the notes three times on one sequence: the prompts alone, then their outputs in parallel and token by
 * token, with the prompt in the cache before the clock starts.
 * @param texts notes, a few hundred words each
 * @throws NG-CANCELLED and what `preparePrompt` throws
 */
export async function measureSpeed(port: InferencePort, texts: readonly string[]): Promise<SpeedReport> {
  const prompt = preparePrompt(port, {
    types: knownTypes(port.facts) ?? ["Sign_symptom", "Medication"],
    paradigm: isTuned(port.facts) ? "tuned" : "zero",
  });
  const samples = texts.flatMap((text) => sampleWindows(prompt, text));
  const sequence = await port.openSequence();
  try {
    await measurePrefill(sequence, samples.slice(0, 1)); // warms up
    const prefill = await measurePrefill(sequence, samples);
    const parallel = await measureDecoding(port, sequence, prompt, samples, "parallel");
    const plain = await measureDecoding(port, sequence, prompt, samples, "plain");
    const sourceTokens = samples.reduce((sum, { source }) => sum + source.flat().length, 0);
    const different = parallel.outputs.filter((output, i) => output !== plain.outputs[i]).length;
    return {
      prefillTokensPerSecond: prefill,
      groundedParallelTokensPerSecond: parallel.rate,
      tokenByTokenTokensPerSecond: plain.rate,
      parallelOverTokenByToken: parallel.rate / plain.rate,
      prefillOverDecode: prefill / plain.rate,
      firstEntitySeconds: await measureFirstEntity(port, sequence, prompt, samples),
      peakResidentBytes: process.resourceUsage().maxRSS * 1024,
      configuration: {
        model: port.facts.name,
        modelSha256: port.facts.sha256,
        sourceTokens,
        outputTokens: parallel.tokens,
        tagShare: 1 - (sourceTokens + samples.length) / parallel.tokens,
        windows: samples.length,
        tokensPerBatch: parallel.tokens / parallel.batches,
        positionsPerToken: parallel.positions / parallel.tokens,
        different,
      },
    };
  } finally {
    await sequence.dispose();
  }
}

/** Tokens a second. */
async function measurePrefill(
  sequence: InferenceSequence,
  samples: readonly SampleWindow[],
): Promise<number> {
  let tokens = 0;
  let milliseconds = 0;
  for (const { prefix } of samples) {
    await sequence.truncate(0);
    const began = performance.now();
    await sequence.evaluate(
      prefix,
      prefix.map(() => null),
    );
    milliseconds += performance.now() - began;
    tokens += prefix.length;
  }
  return (1000 * tokens) / milliseconds;
}

async function measureDecoding(
  port: InferencePort,
  sequence: InferenceSequence,
  prompt: PreparedPrompt,
  samples: readonly SampleWindow[],
  strategy: Strategy,
) {
  const outputs: string[] = [];
  let [tokens, batches, positions, milliseconds] = [0, 0, 0, 0];
  for (const sample of samples) {
    const shared = sample.prefix.slice(0, -1);
    await sequence.truncate(0);
    await sequence.evaluate(
      shared,
      shared.map(() => null),
    );
    const began = performance.now();
    const { output, statistics } = await decodeWindow({
      ...prompt.decoding,
      ...sample,
      sequence,
      sharedTokens: shared.length,
      contextTokens: port.facts.contextTokens,
      strategy,
    });
    milliseconds += performance.now() - began;
    tokens += statistics.outputTokens;
    batches += statistics.batches;
    positions += statistics.evaluatedTokens;
    outputs.push(output.map(({ token }) => token).join());
  }
  return { rate: (1000 * tokens) / milliseconds, tokens, batches, positions, outputs };
}

async function measureFirstEntity(
  port: InferencePort,
  sequence: InferenceSequence,
  prompt: PreparedPrompt,
  samples: readonly SampleWindow[],
): Promise<number | null> {
  let seconds: number | null = null;
  const [sample] = samples;
  if (sample === undefined) return null;
  await sequence.truncate(0);
  const began = performance.now();
  await decodeWindow({
    ...prompt.decoding,
    ...sample,
    sequence,
    contextTokens: port.facts.contextTokens,
    strategy: "parallel",
    onMention: () => {
      seconds ??= (performance.now() - began) / 1000;
    },
  });
  return seconds;
}
