import type { QueueItem, QueueState } from "#contract/records.ts";
import { type PlainError, toPlainError } from "#core/errors.ts";
import type { RunPlan, StoredRun } from "#core/storePort.ts";
import { breathe } from "./breathe.ts";
import { type FewShot, planExamples } from "./fewShot.ts";
import { createGate } from "./gate.ts";
import type { AppContext } from "./handlers.ts";
import type { ModelChoice } from "./modelChoice.ts";
import { createPace } from "./pace.ts";
import { readQueued } from "./readQueued.ts";
import { readSettings } from "./settings.ts";
import { createThrottle } from "./throttle.ts";

/** A note in the queue. Notes are read one after the other; each uses the whole machine. */
type Waiting = {
  readonly documentId: string;
  readonly caseId: string;
  readonly name: string;
  /** UTF-16 units, for the time left. */
  readonly length: number;
  state: QueueItem["state"];
  progress: number;
  error: PlainError | null;
  /** The run in the store; null where it could not be planned. */
  runId: number | null;
  abort: AbortController;
};

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

const unfinished = (item: Waiting): boolean => item.state === "queued" || item.state === "running";

export function createQueue(context: AppContext, choice: ModelChoice, fewShot: FewShot): Queue {
  const { store, events } = context;
  const items = new Map<string, Waiting>();
  const gate = createGate();
  const pace = createPace();
  // The whole queue goes with every event, so a long one goes less often.
  const tell = createThrottle(
    () => events.emit("queue", state()),
    () => Math.min(1000, 100 + items.size / 10),
  );
  let working: Promise<void> | null = null;
  let writing: Promise<unknown> = Promise.resolve();
  let takingUp: Promise<void> = Promise.resolve();
  let closed = false;

  function state(): QueueState {
    const list = [...items.values()];
    const rest = list.filter(unfinished).reduce((sum, item) => sum + item.length * (1 - item.progress), 0);
    return {
      paused: gate.isClosed,
      items: list.map(({ documentId, caseId, name, state, progress, error }) => ({
        documentId,
        caseId,
        name,
        state,
        progress,
        secondsLeft: state === "running" ? pace.secondsLeft(progress) : null,
        error,
      })),
      secondsLeft: pace.secondsFor(rest),
    };
  }

  /** The queue as it is now, for whoever changed it; the others hear of it. */
  function told(): QueueState {
    tell.call();
    return state();
  }

  function tellOf({ documentId, caseId }: Waiting): void {
    tell.call();
    events.emit("document", { documentId, caseId });
  }

  /** A note at the end of the queue; one without a run has failed before it began. */
  function waiting(documentId: string, runId: number | null, error: PlainError | null = null): Waiting {
    const { caseId, name, utf16Length } = store.describeDocument(documentId);
    return {
      documentId,
      caseId: String(caseId),
      name,
      length: utf16Length,
      state: error ? "failed" : "queued",
      progress: 0,
      error,
      runId,
      abort: new AbortController(),
    };
  }

  function add(documentId: string, plan: RunPlan | PlainError): void {
    const known = items.get(documentId);
    if (known && unfinished(known)) return;
    const item =
      "code" in plan
        ? waiting(documentId, null, plan)
        : waiting(documentId, store.queueRun(documentId, plan));
    items.delete(documentId);
    items.set(documentId, item);
    tellOf(item);
  }

  /** Ends an item once; a second end, such as a result after a cancel, is dropped. */
  function end(item: Waiting, how: "done" | "failed", error: PlainError | null = null): void {
    if (closed || !unfinished(item)) return;
    item.state = how;
    item.error = error;
    if (how === "done") item.progress = 1;
    keep(item.runId, how, error);
    events.emit("cases", {});
    tellOf(item);
  }

  /** Where the store cannot take the end of a run, the run stays as it is there: unfinished ones are taken up later. */
  function keep(runId: number | null, how: QueueItem["state"], error: PlainError | null): void {
    if (runId === null) return;
    try {
      if (how === "cancelled") store.cancelRun(runId);
      if (how === "failed" && error) store.failRun(runId, error);
      if (how === "queued") store.requeueRun(runId);
    } catch {
      gate.close();
    }
  }

  async function work(): Promise<void> {
    for (let item = next(); item; item = next()) {
      if (isTakenElsewhere(item)) {
        items.delete(item.documentId);
        tellOf(item);
        continue;
      }
      const began = performance.now();
      try {
        await read(item);
        pace.finished(item.length, (performance.now() - began) / 1000);
        end(item, "done");
      } catch (thrown) {
        const error = toPlainError(thrown);
        // A model or a store that fails would fail every other note as well: they wait for a person.
        if (/^NG-(MODEL|ADAPTER|STORE)/.test(error.code) && unfinished(item)) gate.close();
        end(item, "failed", error);
      }
      await breathe();
    }
  }

  /** A second window over the same store may have taken the run up, or its case may have gone. */
  function isTakenElsewhere({ runId }: Waiting): boolean {
    try {
      return runId === null || store.getRun(runId).state !== "queued";
    } catch {
      return true;
    }
  }

  async function read(item: Waiting): Promise<void> {
    item.state = "running";
    store.beginRun(item.runId as number);
    events.emit("cases", {});
    pace.begin();
    tellOf(item);
    await readQueued(context, choice, fewShot, {
      runId: item.runId as number,
      documentId: item.documentId,
      gate,
      signal: item.abort.signal,
      onProgress: (progress) => {
        item.progress = progress;
        tell.call();
      },
    });
  }

  function next(): Waiting | undefined {
    if (closed || gate.isClosed) return undefined;
    return [...items.values()].find((item) => item.state === "queued");
  }

  function go(): void {
    working ??= work().finally(() => {
      working = null;
      if (next()) go();
    });
  }

  function cancel(documentIds: readonly string[]): QueueState {
    const wanted = documentIds.length === 0 ? [...items.keys()] : documentIds;
    const ended = wanted
      .flatMap((id) => items.get(id) ?? [])
      .filter(unfinished)
      .map((item) => {
        item.state = "cancelled";
        item.abort.abort();
        return item;
      });
    // The person sees it at once; a long queue is written down in the background.
    writing = Promise.all([writing, keepCancelled(ended).catch(() => gate.close())]);
    return told();
  }

  async function keepCancelled(ended: readonly Waiting[]): Promise<void> {
    for (let from = 0; from < ended.length; from += callsTogether) {
      const some = ended.slice(from, from + callsTogether);
      store.together(() => {
        for (const { runId } of some) keep(runId, "cancelled", null);
      });
      for (const item of some) tellOf(item);
      await breathe();
    }
    events.emit("cases", {});
  }

  async function takeUp(runs: readonly StoredRun[]): Promise<void> {
    const before = (store.getSetting(interruptedKey) ?? []) as readonly number[];
    const interrupted: number[] = [];
    for (const [index, { runId, documentId, state: was }] of runs.entries()) {
      if (index % callsTogether === callsTogether - 1) await breathe();
      if (closed) return;
      const item = waiting(documentId, runId);
      items.set(documentId, item);
      if (was !== "running") continue;
      // The program died while it read this note. Twice is no accident: the others shall not wait for it.
      if (before.includes(runId)) end(item, "failed", { code: "NG-BACKEND-LOST", params: {} });
      else store.requeueRun(runId);
      interrupted.push(runId);
    }
    store.setSetting(interruptedKey, interrupted);
    if (runs.length > 0) tell.call();
    go();
  }

  return {
    state,
    cancel,
    ready: () => takingUp,

    async start(documentIds, without) {
      await takingUp;
      if (documentIds.length === 0) return state();
      const plan = await choice
        .plan()
        .then((plan) => planExamples(plan, readSettings(store), without))
        .catch(toPlainError);
      for (let from = 0; from < documentIds.length; from += callsTogether) {
        const some = documentIds.slice(from, from + callsTogether);
        store.together(() => {
          for (const id of some) add(id, plan);
        });
        await breathe();
      }
      events.emit("cases", {});
      go();
      return told();
    },

    pause() {
      gate.close();
      return told();
    },

    resume() {
      gate.open();
      go();
      return told();
    },

    clearFinished() {
      for (const item of [...items.values()]) if (!unfinished(item)) items.delete(item.documentId);
      return told();
    },

    async forget(documentIds) {
      await takingUp;
      if (documentIds.length > 0) cancel(documentIds);
      await writing;
      for (const id of documentIds) items.delete(id);
      tell.call();
    },

    resumeUnfinished() {
      // What the store cannot tell of a note stays there for a later start.
      takingUp = takeUp(store.unfinishedRuns()).catch(() => gate.close());
    },

    async close() {
      closed = true;
      tell.stop();
      const running = [...items.values()].find((item) => item.state === "running");
      if (running) keep(running.runId, "queued", null);
      running?.abort.abort();
      await takingUp;
      await writing;
      await working;
    },
  };
}
