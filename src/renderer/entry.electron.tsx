import type { Bridge } from "#contract/bridge.ts";
import { createIpcClient } from "./client/ipcClient.ts";
import { mount } from "./mount.tsx";

mount(createIpcClient((window as unknown as { notegrain: Bridge }).notegrain));
