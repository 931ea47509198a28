import {
  getLlama,
  InsufficientMemoryError,
  LlamaLogLevel,
  type LlamaModel,
  type Token,
} from "node-llama-cpp";
import { NotegrainError } from "#core/errors.ts";
import type { InferencePort, TokenId } from "#core/ports.ts";
import { requireFit } from "./adapterFit.ts";
import { batchTokensFor, contextTokensFor } from "./contextSize.ts";
import { readHabits } from "./draftHabits.ts";
import { fileSha256 } from "./fileHash.ts";
import { createLlamaSequence } from "./llamaSequence.ts";
import { readableBytes, requireMemory } from "./memory.ts";
import { type ModelFile, openModelFile } from "./modelFile.ts";
import { profileOf } from "./profile.ts";
import { createSlots } from "./slots.ts";
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
};

/**
 * Positions that take as long as the fixed part of a call. Measured on two x86 cores at F16 with the compact
 * model: 1.0 ms a call and 0.32 ms a position. A graphics processor reads dozens in the time of one.
 */
const CALL_COST = { processor: 3, graphics: 32 };
/** Different pieces of text whose tokens are remembered. */
const REMEMBERED_PIECES = 20_000;

/**
 * Loads a model, once for all sequences, from local files alone.
 * @throws NG-MODEL-MISSING, NG-MODEL-FORMAT, NG-MODEL-TRUNCATED, NG-MODEL-ARCHITECTURE, NG-MODEL-UNFIT,
 * NG-MODEL-MEMORY, NG-MODEL-LOAD, NG-ADAPTER-BASE
 */
export async function loadModel(options: LoadOptions): Promise<InferencePort> {
  const file = await openModelFile(options.modelPath);
  if (file.facts.kind === "adapter") {
    throw new NotegrainError("NG-MODEL-UNFIT", {
      name: file.fileName,
      reason: "it is an adapter, not a model",
    });
  }
  const adapter = options.adapterPath === undefined ? null : await openModelFile(options.adapterPath);
  if (adapter) await requireFit(file, adapter);
  const plan = planWork(file.bytes, options);
  const hashes = Promise.all([fileSha256(file.path), adapter ? fileSha256(adapter.path) : null]);
  hashes.catch(() => {}); // awaited below; the load may fail first
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
    requireMemory(file, contextTokens, plan.contexts);
    const places = [];
    for (let i = 0; i < plan.contexts; i++) {
      const context = await model.createContext({
        contextSize: contextTokens + 1, // the library never fills the last place
        batchSize: batchTokensFor(file.bytes),
        threads: plan.threadsEach,
        flashAttention: false, // it changes the results with the size of the batch
        failedCreationRemedy: false,
        ...(adapter && { lora: { adapters: [{ filePath: adapter.path }] } }),
      });
      const sequence = context.getSequence({ contextShift: { strategy: refuseShift } });
      places.push(createLlamaSequence(sequence, contextTokens, batchTokensFor(file.bytes)));
    }
    const slots = createSlots(places);
    const [sha256, adapterSha256] = await hashes;
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
      tokenize: rememberTokens((text) => model.tokenize(text, false)),
      detokenize: (tokens) => model.detokenize(tokens as Token[]),
      specialToken,
      async openSequence() {
        const place = await slots.take();
        let open = true;
        return {
          get tokens() {
            return place.tokens;
          },
          evaluate: place.evaluate,
          mostLikelyNext: place.mostLikelyNext,
          truncate: place.truncate,
          async dispose() {
            if (open) slots.give(place);
            open = false;
          },
        };
      },
      dispose: () => llama.dispose(),
    };
  } catch (error) {
    await llama.dispose();
    throw codedError(error, file);
  }
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
