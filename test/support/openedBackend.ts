import { fakeModels } from "../../e2e/support/fakeModels.ts";
import type { ModelLibrary } from "../../src/app/ports.ts";
import type { Backend } from "../../src/contract/client.ts";
import type { Events } from "../../src/contract/events.ts";
import type { AnswerOf, Method, RequestOf } from "../../src/contract/methods.ts";
import type { ImportFate, QueueState } from "../../src/contract/records.ts";
import type { EmbeddingPort } from "../../src/core/ports.ts";
import { composeBackend } from "../../src/host/composeBackend.ts";
import type { Dialogs } from "../../src/host/shellPort.ts";

/** A backend with words for what tests do with it. */
export type OpenedBackend = AsyncDisposable & {
  readonly backend: Backend;
  /** @throws Error with the code, where the backend refuses */
  ask<M extends Method>(method: M, request: RequestOf<M>): Promise<AnswerOf<M>>;
  /** Brings notes in by name and text. */
  bring(notes: Readonly<Record<string, string>>): Promise<readonly ImportFate[]>;
  /** Resolves when the queue looks like this, which may be now. */
  queueWhere(is: (queue: QueueState) => boolean): Promise<QueueState>;
  next<E extends keyof Events>(event: E): Promise<Events[E]>;
};

export async function openBackend(
  storePath: string,
  options: {
    readonly models?: ModelLibrary;
    readonly dialogs?: Dialogs;
    readonly encoder?: () => Promise<EmbeddingPort>;
  } = {},
): Promise<OpenedBackend> {
  const { models = fakeModels(), dialogs, encoder } = options;
  const backend = await composeBackend({ kind: "memory", storePath, models, dialogs, encoder });

  async function ask<M extends Method>(method: M, request: RequestOf<M>): Promise<AnswerOf<M>> {
    const result = await backend.handle(method, request);
    if (!result.ok) throw new Error(`${method}: ${result.error.code}`);
    return result.value as AnswerOf<M>;
  }

  return {
    backend,
    ask,
    bring: (notes) =>
      ask("notes.import", {
        files: Object.entries(notes).map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) })),
        caseId: null,
      }),
    async queueWhere(is) {
      const now = await ask("queue.get", {});
      if (is(now)) return now;
      return new Promise((resolve) => {
        const stop = backend.on("queue", (queue) => {
          if (!is(queue)) return;
          stop();
          resolve(queue);
        });
      });
    },
    next: (event) =>
      new Promise((resolve) => {
        const stop = backend.on(event, (payload) => {
          stop();
          resolve(payload);
        });
      }),
    [Symbol.asyncDispose]: () => backend.close(),
  };
}

/** The states of the queue's notes, by name. */
export function statesOf(queue: QueueState): Record<string, string> {
  return Object.fromEntries(queue.items.map(({ name, state }) => [name, state]));
}

export function isIdle(queue: QueueState): boolean {
  return (
    queue.items.length > 0 && queue.items.every(({ state }) => state !== "queued" && state !== "running")
  );
}
