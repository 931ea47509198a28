import type { Backend, WireMessage } from "#contract/client.ts";
import { eventNames } from "#contract/events.ts";
import { clientMessage } from "#contract/wireSchema.ts";

/** The backend's end of one line. */
export type ServedLine = {
  /** Takes a message of the client; anything that is no request or cancel is ignored. */
  receive(message: unknown): void;
  /** The client has gone: what it still waits for is called off, and it hears no more events. */
  close(): void;
};

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
      const parsed = clientMessage.safeParse(message);
      if (!parsed.success) return;
      const { data } = parsed;
      if (data.kind === "cancel") open.get(data.id)?.abort();
      else void answer(data.id, data.method, data.request);
    },
    close() {
      closed = true;
      for (const stop of stops) stop();
      for (const controller of open.values()) controller.abort();
    },
  };
}
