import { EventEmitter } from "node:events";
import type { IpcMain, WebContents } from "electron";
import type { Bridge } from "../../src/contract/bridge.ts";

/** Two ends of Electron's IPC without Electron: what crosses is cloned, as there. */
export type ElectronStandIn = {
  /** What a preload imports. */
  readonly module: {
    readonly ipcRenderer: Pick<Electron.IpcRenderer, "send" | "on">;
    readonly contextBridge: { exposeInMainWorld(name: string, value: unknown): void };
  };
  readonly ipcMain: Pick<IpcMain, "on" | "off">;
  readonly contents: WebContents;
  /** What the page finds on `window`. */
  exposed(): Bridge;
};

export function electronStandIn(pageUrl = "app://notegrain/"): ElectronStandIn {
  const toMain = new EventEmitter();
  const toPage = new EventEmitter();
  let bridge: Bridge | null = null;
  const contents = Object.assign(new EventEmitter(), {
    isDestroyed: () => false,
    send: (channel: string, message: unknown) => {
      const copy = structuredClone(message);
      setImmediate(() => toPage.emit(channel, {}, copy));
    },
  }) as unknown as WebContents;
  return {
    module: {
      ipcRenderer: {
        send: (channel: string, message: unknown) => {
          const event = { sender: contents, senderFrame: { parent: null, url: pageUrl } };
          const copy = structuredClone(message);
          setImmediate(() => toMain.emit(channel, event, copy));
        },
        on: toPage.on.bind(toPage) as Electron.IpcRenderer["on"],
      },
      contextBridge: {
        exposeInMainWorld: (_name, value) => {
          bridge = value as Bridge;
        },
      },
    },
    ipcMain: toMain as unknown as IpcMain,
    contents,
    exposed() {
      if (!bridge) throw new Error("the preload exposed nothing");
      return bridge;
    },
  };
}
