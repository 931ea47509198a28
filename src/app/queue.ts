import type { QueueState } from "#contract/records.ts";
import { type PlainError, toPlainError } from "#core/errors.ts";
import type { RunPlan, StoredRun } from "#core/storePort.ts";
import { breathe } from "./breathe.ts";
import { type FewShot, planExamples } from "./fewShot.ts";
import { createGate } from "./gate.ts";
import type { AppContext } from "./handlers.ts";
import type { ModelChoice } from "./modelChoice.ts";
import { createQueueList, isUnfinished, type QueuedNote } from "./queueList.ts";
import { createQueueWorker } from "./queueWorker.ts";
import { readSettings } from "./settings.ts";

/** The notes that a model is to read, in order. It survives a crash: what was unfinished is in the store. */
export type Queue = {
  state(): QueueState;
  /**
   * Puts notes at the end; those that are already waiting stay where they are. Never throws for a model: the items fail.
   * @param without ids of examples that are not shown this time
   */
  start(documentIds: readonly string[], without?: readonly string[]): Promise<QueueState>;
  /** No ids: all that is unfinished. Answers at once, whatever the model still does. */
  cancel(documentIds: readonly string[]): QueueState;
  pause(): QueueState;
  resume(): QueueState;
  clearFinished(): QueueState;
  /** Calls off and takes out notes that are about to be deleted. */
  forget(documentIds: readonly string[]): Promise<void>;
  /** Takes up what an earlier session left unfinished: a long list in the background. @throws NG-STORE-… at once */
  resumeUnfinished(): void;
  /** Resolves when that is in the list; never rejects. */
  ready(): Promise<void>;
  close(): Promise<void>;
};

/** Calls of the store that wait for the disk together; fewer than would hold the thread long. */
const callsTogether = 100;

/** The store's memory of runs in which the program died. */
const interruptedKey = "queue.interrupted";

export function createQueue(context: AppContext, choice: ModelChoice, fewShot: FewShot): Queue {
  const { store, events } = context;
  const gate = createGate();
  const list = createQueueList(context, gate);
  const worker = createQueueWorker(context, choice, fewShot, list, gate);
  const { notes } = list;
  let writing: Promise<unknown> = Promise.resolve();
  let takingUp: Promise<void> = Promise.resolve();

  function add(documentId: string, plan: RunPlan | PlainError): void {
    const known = notes.get(documentId);
    if (known && isUnfinished(known)) return;
    const note =
      "code" in plan
        ? list.describe(documentId, null, plan)
        : list.describe(documentId, store.queueRun(documentId, plan));
    notes.delete(documentId);
    notes.set(documentId, note);
    list.tellOf(note);
  }

  /** Writes a long list down in parts, each of them whole or not at all. @param tell called once it is written */
  async function inParts<Item>(
    items: readonly Item[],
    write: (item: Item) => void,
    tell: (item: Item) => void = () => {},
  ): Promise<void> {
    for (let from = 0; from < items.length; from += callsTogether) {
      const some = items.slice(from, from + callsTogether);
      store.together(() => some.forEach(write));
      some.forEach(tell);
      await breathe();
    }
    events.emit("cases", {});
  }

  function cancel(documentIds: readonly string[]): QueueState {
    const wanted = documentIds.length === 0 ? [...notes.keys()] : documentIds;
    const ended = wanted.flatMap((id) => notes.get(id) ?? []).filter(isUnfinished);
    for (const note of ended) {
      note.state = "cancelled";
      note.abort.abort();
    }
    // The person sees it at once; a long queue is written down in the background.
    writing = Promise.all([writing, keepCancelled(ended).catch(() => gate.close())]);
    return list.told();
  }

  function keepCancelled(ended: readonly QueuedNote[]): Promise<void> {
    return inParts(
      ended,
      (note) => worker.keep(note, "cancelled"),
      (note) => list.tellOf(note),
    );
  }

  async function takeUp(runs: readonly StoredRun[]): Promise<void> {
    const before = (store.getSetting(interruptedKey) ?? []) as readonly number[];
    const interrupted: number[] = [];
    for (const [index, { runId, documentId, state: was }] of runs.entries()) {
      if (index % callsTogether === callsTogether - 1) await breathe();
      if (worker.isClosed) return;
      const note = list.describe(documentId, runId);
      notes.set(documentId, note);
      if (was !== "running") continue;
      // The program died while it read this note. Twice is no accident: the others shall not wait for it.
      if (before.includes(runId)) worker.end(note, "failed", { code: "NG-BACKEND-LOST", params: {} });
      else store.requeueRun(runId);
      interrupted.push(runId);
    }
    store.setSetting(interruptedKey, interrupted);
    if (runs.length > 0) list.tell();
    worker.go();
  }

  return {
    state: list.state,
    cancel,
    ready: () => takingUp,

    async start(documentIds, without) {
      await takingUp;
      if (documentIds.length === 0) return list.state();
      const plan = await choice
        .plan()
        .then((plan) => planExamples(plan, readSettings(store), without))
        .catch(toPlainError);
      await inParts(documentIds, (id) => add(id, plan));
      worker.go();
      return list.told();
    },

    pause() {
      gate.close();
      return list.told();
    },

    resume() {
      gate.open();
      worker.go();
      return list.told();
    },

    clearFinished() {
      for (const note of [...notes.values()]) if (!isUnfinished(note)) notes.delete(note.documentId);
      return list.told();
    },

    async forget(documentIds) {
      await takingUp;
      if (documentIds.length > 0) cancel(documentIds);
      await writing;
      for (const id of documentIds) notes.delete(id);
      list.tell();
    },

    resumeUnfinished() {
      // What the store cannot tell of a note stays there for a later start.
      takingUp = takeUp(store.unfinishedRuns()).catch(() => gate.close());
    },

    async close() {
      list.stop();
      const read = worker.close();
      await takingUp;
      await writing;
      await read;
    },
  };
}
