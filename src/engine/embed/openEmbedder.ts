import { extname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { fromPlainError, NotegrainError } from "#core/errors.ts";
import type { EmbeddingPort } from "#core/ports.ts";
import type {
  EmbedderAnswer,
  EmbedderCall,
  EmbedderCalls,
  EmbedderFacts,
  EmbedderRequest,
} from "./embedderLine.ts";

/** The script of the thread: beside this file, and beside the bundle that holds it. */
const THREAD = join(import.meta.dirname, `embedderThread${extname(import.meta.filename)}`);

type Waiting = { resolve(value: unknown): void; reject(error: unknown): void };

/**
 * Loads an encoder in a thread of its own, in which it also searches, so that the caller's thread stays free. It does
 * not keep the process alive unless an answer is awaited.
 * @throws as `loadEmbedder`; NG-INTERNAL from every call once the thread has broken down
 */
export async function openEmbedder(path: string): Promise<EmbeddingPort> {
  const worker = new Worker(THREAD, { workerData: path, execArgv: [] });
  const waiting = new Map<number, Waiting>();
  let broken: NotegrainError | null = null;
  let last = 0;

  const wait = (id: number): Promise<unknown> =>
    new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.ref();
    });
  const breakDown = (cause: unknown): void => {
    broken ??= new NotegrainError("NG-INTERNAL", { reason: "encoder thread" }, { cause });
    for (const { reject } of waiting.values()) reject(broken);
    waiting.clear();
  };
  worker.on("error", breakDown);
  worker.on("exit", breakDown);
  worker.on("message", (answer: EmbedderAnswer) => {
    const caller = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if ("error" in answer) caller?.reject(fromPlainError(answer.error));
    else caller?.resolve(answer.value);
  });

  /** A call of the thread's, as if it were one of this. */
  function over<Call extends EmbedderCall>(call: Call): EmbedderCalls[Call] {
    const ask = (...values: readonly unknown[]): Promise<unknown> => {
      if (broken) return Promise.reject(broken);
      last += 1;
      const request: EmbedderRequest = { id: last, call, values };
      worker.postMessage(request);
      return wait(last);
    };
    return ask as EmbedderCalls[Call];
  }

  try {
    const facts = (await wait(0)) as EmbedderFacts;
    return {
      ...facts,
      sentence: over("sentence"),
      tokens: over("tokens"),
      search: { sentences: over("searchSentences"), tokens: over("searchTokens") },
      async dispose() {
        if (broken) return;
        await over("dispose")();
        await worker.terminate();
      },
    };
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}
