import { parentPort, workerData } from "node:worker_threads";
import { toPlainError } from "#core/errors.ts";
import { vectorSearch } from "#core/examples/vectorSearch.ts";
import type { EmbeddingPort } from "#core/ports.ts";
import type { EmbedderAnswer, EmbedderCalls, EmbedderFacts, EmbedderRequest } from "./embedderLine.ts";
import { loadEmbedder } from "./loadEmbedder.ts";

// The entry of the thread in which an encoder runs and searches, see openEmbedder.ts.

async function answer(id: number, work: () => Promise<unknown>): Promise<void> {
  const reply: EmbedderAnswer = await work().then(
    (value) => ({ id, value }),
    (error: unknown) => ({ id, error: toPlainError(error) }),
  );
  parentPort?.postMessage(reply);
}

function serve({ sentence, tokens, dispose, dimension }: EmbeddingPort): void {
  const search = vectorSearch({ dimension, sentence, tokens });
  const calls: EmbedderCalls = {
    sentence,
    tokens,
    dispose,
    searchSentences: search.sentences,
    searchTokens: search.tokens,
  };
  parentPort?.on("message", ({ id, call, values }: EmbedderRequest) => {
    const work = calls[call] as (...values: readonly unknown[]) => Promise<unknown>;
    void answer(id, () => work(...values));
  });
}

await answer(0, async (): Promise<EmbedderFacts> => {
  const embedder = await loadEmbedder(workerData as string);
  serve(embedder);
  const { name, dimension, identity } = embedder;
  return { name, dimension, identity };
});
