import type { QueueItem, QueueState } from "#contract/records.ts";
import type { PlainError } from "#core/errors.ts";
import type { Gate } from "./gate.ts";
import type { AppContext } from "./handlers.ts";
import { createPace, type Pace } from "./pace.ts";
import { createThrottle } from "./throttle.ts";

/** A note in the queue. Notes are read one after the other; each uses the whole machine. */
export type QueuedNote = {
  readonly documentId: string;
  readonly caseId: string;
  readonly name: string;
  /** UTF-16 units, for the time left. */
  readonly length: number;
  state: QueueItem["state"];
  progress: number;
  error: PlainError | null;
  /** The run in the store; null where it could not be planned. */
  readonly runId: number | null;
  readonly abort: AbortController;
};

/** The notes of the queue in their order, and what the windows are told of them. */
export type QueueList = {
  /** By document. */
  readonly notes: Map<string, QueuedNote>;
  readonly pace: Pace;
  state(): QueueState;
  /** Something changed: the windows hear of it soon. */
  tell(): void;
  /** As `tell`, with the queue as it is now for whoever changed it. */
  told(): QueueState;
  /** A note changed, also in the store. */
  tellOf(note: QueuedNote): void;
  /** A note for the end of the queue; one with an error has failed before it began. */
  describe(documentId: string, runId: number | null, error?: PlainError | null): QueuedNote;
  /** Tells nothing more. */
  stop(): void;
};

export function isUnfinished({ state }: QueuedNote): boolean {
  return state === "queued" || state === "running";
}

export function createQueueList({ store, events }: AppContext, gate: Gate): QueueList {
  const notes = new Map<string, QueuedNote>();
  const pace = createPace();
  // The whole queue goes with every event, so a long one goes less often.
  const tell = createThrottle(
    () => events.emit("queue", state()),
    () => Math.min(1000, 100 + notes.size / 10),
  );

  function state(): QueueState {
    const list = [...notes.values()];
    const rest = list.filter(isUnfinished).reduce((sum, note) => sum + note.length * (1 - note.progress), 0);
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

  return {
    notes,
    pace,
    state,
    tell: tell.call,
    told() {
      tell.call();
      return state();
    },
    tellOf({ documentId, caseId }) {
      tell.call();
      events.emit("document", { documentId, caseId });
    },
    describe(documentId, runId, error = null) {
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
    },
    stop: tell.stop,
  };
}
