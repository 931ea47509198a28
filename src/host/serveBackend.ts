import type { Backend, WireMessage } from "#contract/client.ts";
import type { EventName } from "#contract/events.ts";

/** The backend's end of one line. */
export type ServedLine = {
  /** Takes a message of the client; anything that is no request or cancel is ignored. */
  receive(message: unknown): void;
  /** The client has gone: what it still waits for is called off, and it hears no more events. */
  close(): void;
};

const eventNames = ["queue", "entities", "document", "cases", "settings", "models", "backend"] as const;
eventNames satisfies readonly EventName[];

/** The backend's half of the wire, the same for IPC, WebSocket and a child process. */
export function serveBackend(backend: Backend, send: (message: WireMessage) => void): ServedLine {
  const open = new Map<number, AbortController>();
  let closed = false;
  const stops = eventNames.map((name) =>
    backend.on(name, (payload) => send({ kind: "event", name, payload })),
  );

  async function answer(id: number, method: string, request: unknown): Promise<void> {
    const controller = new AbortController();
    open.set(id, controller);
    const result = await backend.handle(method, request, controller.signal);
    open.delete(id);
    if (!closed) send({ kind: "answer", id, result });
  }

  return {
    receive(message) {
      const { kind, id, method, request } = (message ?? {}) as Partial<Record<string, unknown>>;
      if (typeof id !== "number") return;
      if (kind === "cancel") open.get(id)?.abort();
      else if (kind === "request" && typeof method === "string") void answer(id, method, request);
    },
    close() {
      closed = true;
      for (const stop of stops) stop();
      for (const controller of open.values()) controller.abort();
    },
  };
}
