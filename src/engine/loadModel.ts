import { cpus } from "node:os";
import { getLlama, getModuleVersion, type Llama, LlamaLogLevel, type Token } from "node-llama-cpp";
import { NotegrainError } from "#core/errors.ts";
import type { InferencePort } from "#core/ports.ts";
import { requireFit } from "./adapterFit.ts";
import { batchTokensFor, contextTokensFor } from "./contextSize.ts";
import { readHabits } from "./draftHabits.ts";
import { fileSha256 } from "./fileHash.ts";
import { loadError } from "./loadError.ts";
import { memoryNeed, requireMemory } from "./memory.ts";
import { openModelFile } from "./modelFile.ts";
import { openSequences } from "./openSequences.ts";
import { profileOf } from "./profile.ts";
import { promptStates } from "./states/promptStates.ts";
import type { StateFolder } from "./states/stateFolder.ts";
import { findSpecialToken, rememberTokens } from "./vocabulary.ts";
import { isLarge, planWork } from "./workPlan.ts";

export type LoadOptions = {
  readonly modelPath: string;
  readonly adapterPath?: string;
  /** Sequences that read at the same time; default: by the size of the model and the free cores. */
  readonly parallelism?: number;
  /** Threads for all of them together; default: the free cores. */
  readonly threads?: number;
  /** Tokens that a sequence can hold; default: what a window of the model can need. */
  readonly contextTokens?: number;
  /** `auto` uses a graphics processor where there is one; default: `auto` for a large model alone. */
  readonly gpu?: "auto" | false;
  /** Layers on the graphics processor; default: as many as fit. */
  readonly gpuLayers?: number;
  /** Where the state of instructions is kept from one start to the next; nowhere unless told. */
  readonly states?: StateFolder | undefined;
};

/**
 * Positions that take as long as the fixed part of a call. Measured on two x86 cores at F16 with the compact
 * model: 1.0 ms a call and 0.32 ms a position. A graphics processor reads dozens in the time of one.
 */
const CALL_COST = { processor: 3, graphics: 32 };

/** A model in memory, to be read with one adapter after the other: its weights are loaded once. */
export type Backbone = {
  /**
   * The model with an adapter, or as it is. It has contexts of its own, which its `dispose` lets go.
   * @throws NG-ADAPTER-BASE, NG-MODEL-MEMORY, NG-MODEL-LOAD and what reading a model file throws
   */
  open(adapterPath: string | null): Promise<InferencePort>;
  /** Lets go of everything, the ports that are open included. */
  dispose(): Promise<void>;
};

/**
 * Loads a model, once for all sequences, from local files alone.
 * @throws NG-MODEL-UNFIT, NG-MODEL-MEMORY, NG-MODEL-LOAD, NG-ADAPTER-BASE and what `openModelFile` throws
 */
export async function loadModel({ adapterPath, ...options }: LoadOptions): Promise<InferencePort> {
  const backbone = await loadBackbone(options, adapterPath === undefined ? [] : [adapterPath]);
  try {
    return { ...(await backbone.open(adapterPath ?? null)), dispose: backbone.dispose };
  } catch (error) {
    await backbone.dispose();
    throw error;
  }
}

/**
 * Loads a model for use with several adapters.
 * @param adapterPaths checked before the model is loaded
 * @throws as `loadModel`
 */
export async function loadBackbone(
  options: Omit<LoadOptions, "adapterPath">,
  adapterPaths: readonly string[] = [],
): Promise<Backbone> {
  const file = await openModelFile(options.modelPath);
  if (file.facts.kind === "adapter") {
    throw new NotegrainError("NG-MODEL-UNFIT", { name: file.fileName, reason: "MODEL-IS-ADAPTER" });
  }
  for (const path of adapterPaths) await requireFit(file, await openModelFile(path));
  const work = planWork(file.bytes, options);
  const hash = fileSha256(file.path);
  hash.catch(() => {}); // awaited below; the load may fail first
  const llama = await getLlama({
    gpu: options.gpuLayers === 0 ? false : (options.gpu ?? (isLarge(file.bytes) ? "auto" : false)),
    build: "never",
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.disabled,
    logger: () => {},
    maxThreads: work.contexts * work.threadsEach,
  });
  try {
    const model = await llama.loadModel({
      modelPath: file.path,
      ...(llama.gpu === false && { gpuLayers: 0 }),
    });
    const specialToken = (name: string) => findSpecialToken(model, name);
    const profile = profileOf(file, specialToken, await readHabits(file));
    const contextTokens = options.contextTokens ?? contextTokensFor(file.facts);
    const batchTokens = batchTokensFor(file.bytes);
    const tokenize = rememberTokens((text) => model.tokenize(text, false));
    const sha256 = await hash;
    return {
      async open(adapterPath) {
        const adapter = adapterPath === null ? null : await openModelFile(adapterPath);
        if (adapter) await requireFit(file, adapter);
        requireMemory({ ...file, bytes: file.bytes + (adapter?.bytes ?? 0) }, contextTokens, work.contexts);
        const adapterSha256 = adapter ? await fileSha256(adapter.path) : null;
        const states = options.states
          ? promptStates(
              options.states,
              [
                ...(await programFacts(llama)),
                options.gpuLayers ?? null,
                sha256,
                adapterSha256,
                contextTokens,
                batchTokens,
              ],
              (tokens) => memoryNeed(file, tokens, 1).cache,
            )
          : null;
        const plan = { ...work, contextTokens, batchTokens };
        const sequences = await openSequences(model, plan, adapter?.path ?? null, states).catch((error) => {
          throw loadError(error, file);
        });
        return {
          facts: {
            name: file.facts.name ?? file.fileName,
            fileName: file.fileName,
            sha256,
            adapterSha256,
            ...(adapter?.facts.origin && { teaching: adapter.facts.origin }),
            contextTokens,
            callCost: llama.gpu === false ? CALL_COST.processor : CALL_COST.graphics,
            profile,
          },
          parallelism: work.contexts,
          tokenize,
          detokenize: (tokens) => model.detokenize(tokens as Token[]),
          specialToken,
          openSequence: sequences.take,
          dispose: sequences.dispose,
        };
      },
      dispose: () => llama.dispose(),
    };
  } catch (error) {
    await llama.dispose();
    throw loadError(error, file);
  }
}

/** What of the program and the machine shapes the last digits in a cache. */
async function programFacts(llama: Llama): Promise<(string | boolean)[]> {
  const { release } = llama.llamaCppRelease;
  return [await getModuleVersion(), release, process.arch, cpus()[0]?.model ?? "", llama.gpu];
}
