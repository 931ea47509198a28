import type { WebContents } from "electron";
import { channels } from "#contract/channels.ts";
import type { Backend } from "#contract/client.ts";
import { serveBackend } from "#host/serveBackend.ts";
import type { ValidatedIpcMain } from "./validatedIpcMain.ts";

/** Serves the backend to one window's page until that is gone; a reloaded page begins anew. */
export function serveWindow(backend: Backend, ipc: ValidatedIpcMain, contents: WebContents): void {
  const open = () =>
    serveBackend(backend, (message) => {
      if (!contents.isDestroyed()) contents.send(channels.toPage, message);
    });
  let line = open();
  const stop = ipc.on(channels.toBackend, (sender, message) => {
    if (sender === contents) line.receive(message);
  });
  // What the page of before had asked for is called off; its ids will come again.
  contents.on("did-start-navigation", ({ isMainFrame, isSameDocument }) => {
    if (!isMainFrame || isSameDocument) return;
    line.close();
    line = open();
  });
  contents.once("destroyed", () => {
    stop();
    line.close();
  });
}
