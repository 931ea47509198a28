import { readLogits } from "#core/decode/readLogits.ts";
import type { InferencePort, TokenId } from "#core/ports.ts";
import { loadModel } from "./loadModel.ts";

/** Plain English of no patient, long enough for a batch. */
const PROBE_TEXT =
  "The patient was seen in the clinic and reported no new complaints since the last visit; the examination was normal. ";
/** Tokens of a measured batch. */
const BATCH = 32;
/** A note of 600 words has about this many tokens in the pieces of a small vocabulary. */
const NOTE_TOKENS = 950;
/** Rows that a model evaluates for each source token: the prompt, the tagged copy, and drafts thrown away. */
const ROWS_PER_TOKEN = 3;

/**
 * Predicts the seconds for a note of 600 words from two batches with logits, the first of which warms up.
 * @throws what `loadModel` and `readLogits` throw
 */
export async function secondsPerNote(modelPath: string): Promise<number> {
  const port = await loadModel({ modelPath });
  try {
    const sequence = await port.openSequence();
    const tokens = probeTokens(port);
    let seconds = Number.POSITIVE_INFINITY;
    for (let run = 0; run < 2; run++) {
      await sequence.truncate(0);
      const began = performance.now();
      await readLogits(
        sequence,
        tokens,
        tokens.map(() => [0, 1]),
      );
      seconds = Math.min(seconds, (performance.now() - began) / 1000);
    }
    return (NOTE_TOKENS * ROWS_PER_TOKEN * (seconds / tokens.length)) / port.parallelism;
  } finally {
    await port.dispose();
  }
}

/**
 * Whether the adapter does anything: compares the logits after a short text with and without it.
 * @throws what `loadModel` and `readLogits` throw
 */
export async function changesOutput(modelPath: string, adapterPath: string): Promise<boolean> {
  const [without, with_] = [await probeLogits(modelPath), await probeLogits(modelPath, adapterPath)];
  return without.some((logit, i) => Math.abs(logit - (with_[i] ?? 0)) > 1e-3);
}

async function probeLogits(modelPath: string, adapterPath?: string): Promise<Float32Array> {
  const port = await loadModel({
    modelPath,
    parallelism: 1,
    ...(adapterPath !== undefined && { adapterPath }),
  });
  try {
    const sequence = await port.openSequence();
    const tokens = probeTokens(port);
    const wanted = [...tokens.slice(1).map(() => null), tokens];
    return (await readLogits(sequence, tokens, wanted)).at(-1) ?? new Float32Array();
  } finally {
    await port.dispose();
  }
}

function probeTokens(port: InferencePort): TokenId[] {
  return [...port.tokenize(PROBE_TEXT.repeat(3))].slice(0, BATCH);
}
