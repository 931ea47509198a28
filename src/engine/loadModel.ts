import { cpus } from "node:os";
import {
  getLlama,
  getModuleVersion,
  InsufficientMemoryError,
  type Llama,
  type LlamaContext,
  LlamaLogLevel,
  type LlamaModel,
  type Token,
} from "node-llama-cpp";
import { NotegrainError } from "#core/errors.ts";
import type { InferencePort, InferenceSequence, TokenId } from "#core/ports.ts";
import { requireFit } from "./adapterFit.ts";
import { batchTokensFor, contextTokensFor } from "./contextSize.ts";
import { readHabits } from "./draftHabits.ts";
import { fileSha256 } from "./fileHash.ts";
import { createLlamaSequence, type LlamaSequence } from "./llamaSequence.ts";
import { memoryNeed, readableBytes, requireMemory } from "./memory.ts";
import { type ModelFile, openModelFile } from "./modelFile.ts";
import { profileOf } from "./profile.ts";
import { createSlots, type Slots } from "./slots.ts";
import { promptStates } from "./states/promptStates.ts";
import type { StateFolder } from "./states/stateFolder.ts";
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
/** Different pieces of text whose tokens are remembered. */
const REMEMBERED_PIECES = 20_000;

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
 * @throws NG-MODEL-MISSING, NG-MODEL-FORMAT, NG-MODEL-TRUNCATED, NG-MODEL-ARCHITECTURE, NG-MODEL-UNFIT,
 * NG-MODEL-MEMORY, NG-MODEL-LOAD, NG-ADAPTER-BASE
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
    throw new NotegrainError("NG-MODEL-UNFIT", {
      name: file.fileName,
      reason: "MODEL-IS-ADAPTER",
    });
  }
  for (const path of adapterPaths) await requireFit(file, await openModelFile(path));
  const plan = planWork(file.bytes, options);
  const hash = fileSha256(file.path);
  hash.catch(() => {}); // awaited below; the load may fail first
  const llama = await getLlama({
    gpu: options.gpuLayers === 0 ? false : (options.gpu ?? (isLarge(file.bytes) ? "auto" : false)),
    build: "never",
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.disabled,
    logger: () => {},
    maxThreads: plan.contexts * plan.threadsEach,
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
        requireMemory({ ...file, bytes: file.bytes + (adapter?.bytes ?? 0) }, contextTokens, plan.contexts);
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
        const contexts: LlamaContext[] = [];
        const places: LlamaSequence[] = [];
        const dispose = async () => void (await Promise.all(contexts.map((context) => context.dispose())));
        try {
          for (let i = 0; i < plan.contexts; i++) {
            const context = await model.createContext({
              contextSize: contextTokens + 1, // the library never fills the last place
              batchSize: batchTokens,
              threads: plan.threadsEach,
              flashAttention: false, // it changes the results with the size of the batch
              failedCreationRemedy: false,
              ...(adapter && { lora: { adapters: [{ filePath: adapter.path }] } }),
            });
            contexts.push(context);
            const sequence = context.getSequence({ contextShift: { strategy: refuseShift } });
            places.push(createLlamaSequence(sequence, contextTokens, batchTokens, states));
          }
        } catch (error) {
          await dispose();
          throw codedError(error, file);
        }
        const slots = createSlots(places);
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
          parallelism: plan.contexts,
          tokenize,
          detokenize: (tokens) => model.detokenize(tokens as Token[]),
          specialToken,
          openSequence: () => takeSequence(slots),
          dispose,
        };
      },
      dispose: () => llama.dispose(),
    };
  } catch (error) {
    await llama.dispose();
    throw codedError(error, file);
  }
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

/** What of the program and the machine shapes the last digits in a cache. */
async function programFacts(llama: Llama): Promise<(string | boolean)[]> {
  const { release } = llama.llamaCppRelease;
  return [await getModuleVersion(), release, process.arch, cpus()[0]?.model ?? "", llama.gpu];
}

function findSpecialToken(model: LlamaModel, name: string): TokenId | null {
  const [token, ...rest] = model.tokenize(name, true);
  return token !== undefined && rest.length === 0 && model.isSpecialToken(token) ? token : null;
}

function rememberTokens(tokenize: (text: string) => readonly Token[]): (text: string) => readonly TokenId[] {
  const remembered = new Map<string, readonly TokenId[]>();
  return (text) => {
    const known = remembered.get(text);
    if (known) return known;
    if (remembered.size >= REMEMBERED_PIECES) remembered.clear();
    const tokens = tokenize(text);
    remembered.set(text, tokens);
    return tokens;
  };
}

/** Without it a full context would drop its oldest tokens in silence. */
function refuseShift(): never {
  throw new NotegrainError("NG-INTERNAL", { reason: "context overflow" });
}

function codedError(error: unknown, file: ModelFile): NotegrainError {
  if (error instanceof NotegrainError) return error;
  if (error instanceof InsufficientMemoryError) {
    return new NotegrainError(
      "NG-MODEL-MEMORY",
      { name: file.fileName, needed: `more than ${readableBytes(file.bytes)}`, available: "less" },
      { cause: error },
    );
  }
  // The library's words hold the path.
  const reason = "the llama library refused it";
  return new NotegrainError("NG-MODEL-LOAD", { name: file.fileName, reason }, { cause: error });
}
