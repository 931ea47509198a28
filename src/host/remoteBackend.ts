import type { Backend, WireMessage } from "#contract/client.ts";
import { createLineClient, type LineClient } from "#contract/lineClient.ts";
import type { Method } from "#contract/methods.ts";
import { type PlainError, toPlainError } from "#core/errors.ts";
import type { ChildLine, OpenChild } from "./childLine.ts";
import type { Dialogs } from "./shellPort.ts";

/** What passes between the two processes besides the contract's own messages. */
export type ChildMessage =
  /** To the child, first of all. */
  | { readonly kind: "start"; readonly storePath: string | undefined; readonly hasDialogs: boolean }
  | { readonly kind: "close" }
  | { readonly kind: "dialogAnswer"; readonly id: number; readonly value: unknown }
  /** From the child. */
  | { readonly kind: "failed"; readonly error: PlainError }
  | {
      readonly kind: "dialog";
      readonly id: number;
      readonly name: keyof Dialogs;
      readonly words: readonly unknown[];
    };

/** Milliseconds that the child has to close its store before it is ended. */
const politeMilliseconds = 3000;

export type RemoteBackendOptions = {
  readonly open: OpenChild;
  readonly storePath?: string | undefined;
  readonly dialogs?: Dialogs | undefined;
};

/**
 * A backend in a process of its own. When that dies, what is pending is answered with NG-BACKEND-LOST, and
 * the next request starts it again; what was stored is safe, and the queue goes on where it was.
 */
export function createRemoteBackend({ open, storePath, dialogs }: RemoteBackendOptions): Backend {
  let child: ChildLine | null = null;
  let whenGone: () => void = () => {};
  const client: LineClient = createLineClient((message) => running().send(message));

  function running(): ChildLine {
    if (child) return child;
    let failure: PlainError | undefined;
    const line = open(
      (message) => {
        const { kind } = message as WireMessage | ChildMessage;
        if (kind === "failed") failure = (message as { error: PlainError }).error;
        else if (kind === "dialog") void answerDialog(message as ChildMessage & { kind: "dialog" });
        else client.receive(message as WireMessage);
      },
      () => {
        child = null;
        client.lost(failure);
        whenGone();
      },
    );
    child = line;
    line.send({ kind: "start", storePath, hasDialogs: dialogs !== undefined } satisfies ChildMessage);
    client.found();
    return line;
  }

  async function answerDialog({ id, name, words }: ChildMessage & { kind: "dialog" }): Promise<void> {
    const ask = dialogs?.[name] as ((...words: readonly unknown[]) => unknown) | undefined;
    const value = await Promise.resolve(ask?.(...words)).catch(() => null);
    child?.send({ kind: "dialogAnswer", id, value } satisfies ChildMessage);
  }

  return {
    async handle(method, request, signal) {
      try {
        const options = signal ? { signal } : {};
        return { ok: true, value: await client.call(method as Method, request as never, options) };
      } catch (error) {
        return { ok: false, error: toPlainError(error) };
      }
    },
    on: client.on,
    async close() {
      const line = child;
      if (!line) return;
      const gone = new Promise<void>((resolve) => {
        whenGone = resolve;
      });
      line.send({ kind: "close" } satisfies ChildMessage);
      const limit = setTimeout(() => line.kill(), politeMilliseconds);
      await gone;
      clearTimeout(limit);
    },
  };
}
