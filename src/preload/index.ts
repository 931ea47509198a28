import { contextBridge, ipcRenderer } from "electron";
import { type Bridge, methodNames } from "#contract/bridge.ts";
import { channels } from "#contract/channels.ts";
import type { WireMessage } from "#contract/client.ts";

const send = (message: WireMessage): void => ipcRenderer.send(channels.toBackend, message);

let listener: (message: WireMessage) => void = () => {};
// The page never gets the IPC event: it would hand it the whole of ipcRenderer.
ipcRenderer.on(channels.toPage, (_event, message: WireMessage) => listener(message));

const bridge: Bridge = {
  methods: Object.fromEntries(
    methodNames.map((method) => [
      method,
      (id: number, request: unknown) => send({ kind: "request", id, method, request }),
    ]),
  ) as Bridge["methods"],
  cancel: (id) => send({ kind: "cancel", id }),
  listen: (next) => {
    listener = next;
  },
};

contextBridge.exposeInMainWorld("notegrain", bridge);
