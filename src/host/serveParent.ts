import type { Backend } from "#contract/client.ts";
import { toPlainError } from "#core/errors.ts";
import type { BackendOptions } from "./composeBackend.ts";
import type { ChildMessage } from "./remoteBackend.ts";
import { serveBackend } from "./serveBackend.ts";
import type { Dialogs } from "./shellPort.ts";

/** Electron's end of the line in a utility process; Node's own types do not know it. */
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { readonly data: unknown }) => void): void;
};

/** How the child makes its backend. */
export type Compose = (options: BackendOptions) => Promise<Backend>;

const parentPort = (process as unknown as { readonly parentPort?: ParentPort }).parentPort;

function say(message: unknown): void {
  if (parentPort) parentPort.postMessage(message);
  else process.send?.(message);
}

/**
 * Makes this process the child that holds a backend, under Electron (utility process) or Node (fork): waits
 * for the parent's word to start, and ends when it says so or is gone.
 */
export function serveParent(compose: Compose): void {
  const dialogs = askParent();
  let receive: (message: unknown) => void = () => {};
  let close = async (): Promise<void> => {};

  async function start({ storePath, hasDialogs }: ChildMessage & { kind: "start" }): Promise<void> {
    const waiting: unknown[] = [];
    receive = (message) => waiting.push(message);
    try {
      const backend = await compose({
        kind: hasDialogs ? "electron" : "memory",
        storePath,
        dialogs: hasDialogs ? dialogs.port : undefined,
      });
      const line = serveBackend(backend, say);
      receive = line.receive;
      for (const message of waiting) line.receive(message);
      close = async () => {
        line.close();
        await backend.close();
      };
    } catch (error) {
      say({ kind: "failed", error: toPlainError(error) } satisfies ChildMessage);
      end();
    }
  }

  function hear(message: ChildMessage | { readonly kind: "request" | "cancel" }): void {
    if (message.kind === "start") void start(message);
    else if (message.kind === "close") void close().then(end, end);
    else if (message.kind === "dialogAnswer") dialogs.answer(message.id, message.value);
    else receive(message);
  }

  if (parentPort) parentPort.on("message", ({ data }) => hear(data as ChildMessage));
  else process.on("message", (message) => hear(message as ChildMessage));
  process.once("disconnect", () => void close().then(end, end));
}

/** The parent's dialogs, asked over the line. */
function askParent(): { readonly port: Dialogs; answer(id: number, value: unknown): void } {
  const asked = new Map<number, (value: never) => void>();
  let lastId = 0;
  const ask =
    (name: keyof Dialogs) =>
    (...words: readonly unknown[]): Promise<never> =>
      new Promise((resolve) => {
        asked.set(++lastId, resolve);
        say({ kind: "dialog", id: lastId, name, words } satisfies ChildMessage);
      });
  return {
    port: {
      openPaths: ask("openPaths"),
      savePath: ask("savePath"),
      saveFolder: ask("saveFolder"),
      drag: ask("drag"),
      dragFolder: ask("dragFolder"),
    },
    answer(id, value) {
      asked.get(id)?.(value as never);
      asked.delete(id);
    },
  };
}

function end(): void {
  // Leaves the line to the parent a moment to carry what was said last.
  setTimeout(() => process.exit(), 50);
}
