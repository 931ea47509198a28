import type { QueueItem } from "#contract/records.ts";
import { type PlainError, toPlainError } from "#core/errors.ts";
import { breathe } from "./breathe.ts";
import type { FewShot } from "./fewShot.ts";
import type { Gate } from "./gate.ts";
import type { AppContext } from "./handlers.ts";
import type { ModelChoice } from "./modelChoice.ts";
import { isUnfinished, type QueuedNote, type QueueList } from "./queueList.ts";
import { readQueued } from "./readQueued.ts";

/** Reads what waits in the queue, one note after the other, and writes down how each ended. */
export type QueueWorker = {
  readonly isClosed: boolean;
  /** Begins, unless it is at work already or the gate is closed. */
  go(): void;
  /** Ends a note once; a second end, such as a result after a cancel, is dropped. */
  end(note: QueuedNote, how: "done" | "failed", error?: PlainError | null): void;
  /**
   * Writes a note's new state into the store. Where that cannot take it, the run stays as it is there and the gate is
   * closed: unfinished ones are taken up later.
   */
  keep(note: QueuedNote, how: QueueItem["state"]): void;
  /** Puts the note in hand back, and resolves when nothing is read any more. */
  close(): Promise<void>;
};

export function createQueueWorker(
  context: AppContext,
  choice: ModelChoice,
  fewShot: FewShot,
  list: QueueList,
  gate: Gate,
): QueueWorker {
  const { store, events } = context;
  const { notes, pace } = list;
  let working: Promise<void> | null = null;
  let isClosed = false;

  function next(): QueuedNote | undefined {
    if (isClosed || gate.isClosed) return undefined;
    return [...notes.values()].find((note) => note.state === "queued");
  }

  function go(): void {
    working ??= work().finally(() => {
      working = null;
      if (next()) go();
    });
  }

  async function work(): Promise<void> {
    for (let note = next(); note; note = next()) {
      if (isTakenElsewhere(note)) {
        notes.delete(note.documentId);
        list.tellOf(note);
        continue;
      }
      const began = performance.now();
      try {
        await read(note);
        pace.finished(note.length, (performance.now() - began) / 1000);
        end(note, "done");
      } catch (thrown) {
        const error = toPlainError(thrown);
        // A model or a store that fails would fail every other note as well: they wait for a person.
        if (/^NG-(MODEL|ADAPTER|STORE)/.test(error.code) && isUnfinished(note)) gate.close();
        end(note, "failed", error);
      }
      await breathe();
    }
  }

  /** A second window over the same store may have taken the run up, or its case may have gone. */
  function isTakenElsewhere({ runId }: QueuedNote): boolean {
    try {
      return runId === null || store.getRun(runId).state !== "queued";
    } catch {
      return true;
    }
  }

  async function read(note: QueuedNote): Promise<void> {
    note.state = "running";
    store.beginRun(note.runId as number);
    events.emit("cases", {});
    pace.begin();
    list.tellOf(note);
    await readQueued(context, choice, fewShot, {
      runId: note.runId as number,
      documentId: note.documentId,
      gate,
      signal: note.abort.signal,
      onProgress: (progress) => {
        note.progress = progress;
        list.tell();
      },
    });
  }

  function end(note: QueuedNote, how: "done" | "failed", error: PlainError | null = null): void {
    if (isClosed || !isUnfinished(note)) return;
    note.state = how;
    note.error = error;
    if (how === "done") note.progress = 1;
    keep(note, how);
    events.emit("cases", {});
    list.tellOf(note);
  }

  function keep({ runId, error }: QueuedNote, how: QueueItem["state"]): void {
    if (runId === null) return;
    try {
      if (how === "cancelled") store.cancelRun(runId);
      if (how === "failed" && error) store.failRun(runId, error);
      if (how === "queued") store.requeueRun(runId);
    } catch {
      gate.close();
    }
  }

  return {
    get isClosed() {
      return isClosed;
    },
    go,
    end,
    keep,
    async close() {
      isClosed = true;
      const running = [...notes.values()].find((note) => note.state === "running");
      if (running) keep(running, "queued");
      running?.abort.abort();
      await working;
    },
  };
}
