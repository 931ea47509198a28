import { join } from "node:path";
import { vi } from "vitest";
import { fakeModels } from "../../e2e/support/fakeModels.ts";
import type { Client } from "../../src/contract/client.ts";
import { nodeChild } from "../../src/host/childLine.ts";
import { composeBackend } from "../../src/host/composeBackend.ts";
import { createRemoteBackend } from "../../src/host/remoteBackend.ts";
import { serveWindow } from "../../src/main/serveWindow.ts";
import { validatedIpcMain } from "../../src/main/validatedIpcMain.ts";
import { createIpcClient } from "../../src/renderer/client/ipcClient.ts";
import { createMemoryClient } from "../../src/renderer/client/memoryClient.ts";
import { createWebSocketClient } from "../../src/renderer/client/webSocketClient.ts";
import { serve } from "../../src/server/serve.ts";
import { electronStandIn } from "./electronStandIn.ts";

/** A client with a backend behind it, and how to end both. */
export type OpenTransport = {
  readonly client: Client;
  close(): Promise<void>;
  /** Ends the backend without a word; absent where it lives in the client's own process. */
  readonly kill?: () => Promise<void>;
};

export type Transport = { readonly name: string; open(storePath: string): Promise<OpenTransport> };

const slowEnoughToWatch = () => fakeModels({ delay: 5 });

/** The app's own backend with a model that is none, over every line that runs without Electron. */
export const transports: readonly Transport[] = [
  {
    name: "memory",
    async open(storePath) {
      const backend = await composeBackend({ kind: "memory", storePath, models: slowEnoughToWatch() });
      const client = createMemoryClient(backend);
      return { client, close: () => backend.close() };
    },
  },
  {
    name: "IPC with a stand-in for Electron",
    async open(storePath) {
      const backend = await composeBackend({ kind: "memory", storePath, models: slowEnoughToWatch() });
      const electron = electronStandIn();
      vi.resetModules();
      vi.doMock("electron", () => electron.module);
      await import("../../src/preload/index.ts");
      serveWindow(backend, validatedIpcMain(electron.ipcMain), electron.contents);
      return { client: createIpcClient(electron.exposed()), close: () => backend.close() };
    },
  },
  {
    name: "WebSocket over the loopback server",
    async open(storePath) {
      let backend = await composeBackend({ kind: "web", storePath, models: slowEnoughToWatch() });
      const pageRoot = join(import.meta.dirname, "../../src/renderer");
      let served = await serve({ backend, pageRoot });
      const { origin, port } = new URL(served.url);
      let cookie = await firstVisit(served.url);
      vi.stubGlobal(
        "WebSocket",
        socketWith(() => ({ origin, cookie })),
      );
      const client = createWebSocketClient(`ws://127.0.0.1:${port}/line`);
      return {
        client,
        async close() {
          client.close();
          await served.close();
          await backend.close();
        },
        async kill() {
          await served.close();
          await backend.close();
          backend = await composeBackend({ kind: "web", storePath, models: slowEnoughToWatch() });
          served = await serve({ backend, pageRoot, port: Number(port) });
          cookie = await firstVisit(served.url);
        },
      };
    },
  },
  {
    name: "a child process, as with backend: utility",
    async open(storePath) {
      let kill = () => {};
      const openChild = nodeChild(join(import.meta.dirname, "backendChild.ts"));
      const backend = createRemoteBackend({
        storePath,
        open: (hear, gone) => {
          const line = openChild(hear, gone);
          kill = line.kill;
          return line;
        },
      });
      return {
        client: createMemoryClient(backend),
        close: () => backend.close(),
        kill: async () => kill(),
      };
    },
  },
];

/** Opens the page as a browser does, and answers with its cookie. */
async function firstVisit(url: string): Promise<string> {
  const response = await fetch(url);
  return response.headers.get("set-cookie")?.split(";")[0] ?? "";
}

/** A browser sends its origin and cookies by itself; Node's WebSocket is told to. */
function socketWith(headers: () => Record<string, string>): typeof WebSocket {
  return class extends WebSocket {
    constructor(url: string | URL) {
      super(url, { headers: headers() } as never);
    }
  };
}
