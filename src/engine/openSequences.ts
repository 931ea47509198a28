import type { LlamaContext, LlamaModel } from "node-llama-cpp";
import { NotegrainError } from "#core/errors.ts";
import type { InferenceSequence } from "#core/ports.ts";
import { createLlamaSequence, type LlamaSequence } from "./llamaSequence.ts";
import { createSlots, type Slots } from "./slots.ts";
import type { PromptStates } from "./states/promptStates.ts";

/** The sequences of a model with one adapter, each in a context of its own. */
export type OpenSequences = {
  /** Waits where all of them are taken. */
  take(): Promise<InferenceSequence>;
  dispose(): Promise<void>;
};

/** How many sequences there are, and how long and wide each is. */
export type SequencePlan = {
  readonly contexts: number;
  readonly threadsEach: number;
  readonly contextTokens: number;
  /** Tokens evaluated at a time. */
  readonly batchTokens: number;
};

/** @throws what the llama library throws; then no context is left open */
export async function openSequences(
  model: LlamaModel,
  { contexts: count, threadsEach, contextTokens, batchTokens }: SequencePlan,
  adapterPath: string | null,
  states: PromptStates | null,
): Promise<OpenSequences> {
  const contexts: LlamaContext[] = [];
  const places: LlamaSequence[] = [];
  const dispose = async () => void (await Promise.all(contexts.map((context) => context.dispose())));
  try {
    for (let i = 0; i < count; i++) {
      const context = await model.createContext({
        contextSize: contextTokens + 1, // the library never fills the last place
        batchSize: batchTokens,
        threads: threadsEach,
        flashAttention: false, // it changes the results with the size of the batch
        failedCreationRemedy: false,
        ...(adapterPath !== null && { lora: { adapters: [{ filePath: adapterPath }] } }),
      });
      contexts.push(context);
      const sequence = context.getSequence({ contextShift: { strategy: refuseShift } });
      places.push(createLlamaSequence(sequence, contextTokens, batchTokens, states));
    }
  } catch (error) {
    await dispose();
    throw error;
  }
  const slots = createSlots(places);
  return { take: () => takeSequence(slots), dispose };
}

/** A place of its own until it is given back; what it has read stays in its cache for the next reader. */
async function takeSequence(slots: Slots<LlamaSequence>): Promise<InferenceSequence> {
  const place = await slots.take();
  let open = true;
  return {
    get tokens() {
      return place.tokens;
    },
    evaluate: place.evaluate,
    mostLikelyNext: place.mostLikelyNext,
    ...(place.readInstruction && { readInstruction: place.readInstruction }),
    truncate: place.truncate,
    async dispose() {
      if (open) slots.give(place);
      open = false;
    },
  };
}

/** Without it a full context would drop its oldest tokens in silence. */
function refuseShift(): never {
  throw new NotegrainError("NG-INTERNAL", { reason: "context overflow" });
}
