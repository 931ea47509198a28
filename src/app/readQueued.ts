import type { Entity } from "#core/entity/entity.ts";
import { ownTypesOf } from "./askedTypes.ts";
import { extractNote } from "./extractNote.ts";
import type { FewShot } from "./fewShot.ts";
import type { Gate } from "./gate.ts";
import type { AppContext } from "./handlers.ts";
import type { ModelChoice } from "./modelChoice.ts";
import { pausable } from "./pausable.ts";
import { recallOf } from "./plannedRecall.ts";
import { createThrottle } from "./throttle.ts";

export type QueuedRead = {
  readonly runId: number;
  readonly documentId: string;
  readonly gate: Gate;
  readonly signal: AbortSignal;
  /** Share of the text read, 0 to 1. */
  readonly onProgress: (progress: number) => void;
};

/** Milliseconds between two tellings of what was found, so that a mark is on screen within 100 ms. */
const tellEvery = 50;

/** However long it takes to work out what was found, a person sees it go on. */
const tellAtLeastEvery = 400;

/** Reads one note of the queue and keeps what came out, telling what is found on the way. */
export async function readQueued(
  { store, events, now }: AppContext,
  choice: ModelChoice,
  fewShot: FewShot,
  { runId, documentId, gate, signal, onProgress }: QueuedRead,
): Promise<void> {
  const { plan } = store.getRun(runId);
  let latest: { readonly read: number; entities(): readonly Entity[] } | null = null;
  let cost = 0;
  const tell = createThrottle(
    () => {
      if (!latest) return;
      const before = performance.now();
      events.emit("entities", { documentId, entities: latest.entities(), progress: latest.read });
      cost = performance.now() - before;
    },
    // In a long note with thousands of entities the telling itself must not slow the reading down much.
    () => Math.min(tellAtLeastEvery, Math.max(tellEvery, cost * 4)),
  );
  try {
    const note = store.getDocument(documentId);
    const extraction = await choice.alone(async () => {
      signal.throwIfAborted();
      const port = await choice.open(plan);
      const judging = await choice.judging(plan);
      signal.throwIfAborted();
      return extractNote(
        pausable(port, gate, signal),
        note,
        {
          ...(await fewShot.settings(plan)),
          ownTypes: ownTypesOf(plan),
          recall: recallOf(plan),
          judging: judging && { ...judging, port: pausable(judging.port, gate, signal) },
        },
        {
          language: note.language,
          date: now().toISOString(),
          signal,
          onProgress: (progress) => {
            latest = progress;
            onProgress(progress.read);
            tell.call();
          },
        },
      );
    });
    signal.throwIfAborted();
    store.finishRun(runId, extraction);
  } finally {
    tell.stop();
  }
}
