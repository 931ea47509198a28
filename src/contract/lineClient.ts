import { fromPlainError, NotegrainError, type PlainError } from "#core/errors.ts";
import type { AbortSignalLike, Client, WireMessage } from "./client.ts";
import type { EventName, Events } from "./events.ts";
import { listeners } from "./listeners.ts";

/** A client over a line, and the two things that the line tells it. */
export type LineClient = Client & {
  /** Hands over a message that arrived; what is no answer or event is ignored. */
  receive(message: WireMessage): void;
  /** Says that the backend is gone: everything pending is rejected, with NG-BACKEND-LOST unless told why. */
  lost(error?: PlainError): void;
  /** Says that the backend is there again after a loss. */
  found(): void;
};

type Pending = { resolve(value: unknown): void; reject(error: Error): void };

/**
 * The client's half of the wire, the same for IPC, WebSocket and a child process: numbers the requests,
 * matches the answers, passes events on. A cancelled request is rejected at once, and the backend is told.
 */
export function createLineClient(send: (message: WireMessage) => void): LineClient {
  const pending = new Map<number, Pending>();
  const { emit, on } = listeners<Events>();
  let lastId = 0;
  let isLost = false;

  function rejectAll(error: PlainError): void {
    const open = [...pending.values()];
    pending.clear();
    for (const request of open) request.reject(fromPlainError(error));
  }

  function call(method: string, request: unknown, options?: { signal?: AbortSignalLike }): Promise<unknown> {
    const signal = options?.signal;
    if (signal?.aborted) return Promise.reject(new NotegrainError("NG-CANCELLED"));
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      pending.set(id, { resolve, reject });
      signal?.addEventListener(
        "abort",
        () => {
          if (!pending.delete(id)) return;
          send({ kind: "cancel", id });
          reject(new NotegrainError("NG-CANCELLED"));
        },
        { once: true },
      );
      send({ kind: "request", id, method, request });
    });
  }

  return {
    call: call as Client["call"],
    on,
    receive(message) {
      if (message.kind === "event") {
        emit(message.name, message.payload as Events[EventName]);
        return;
      }
      if (message.kind !== "answer") return;
      const request = pending.get(message.id);
      pending.delete(message.id);
      if (message.result.ok) request?.resolve(message.result.value);
      else request?.reject(fromPlainError(message.result.error));
    },
    lost(error = { code: "NG-BACKEND-LOST", params: {} }) {
      rejectAll(error);
      if (!isLost) emit("backend", { error });
      isLost = true;
    },
    found() {
      if (isLost) emit("backend", { error: null });
      isLost = false;
    },
    close() {
      rejectAll({ code: "NG-CANCELLED", params: {} });
    },
  };
}
