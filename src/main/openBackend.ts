import { join } from "node:path";
import type { utilityProcess } from "electron";
import type { Backend } from "#contract/client.ts";
import { composeBackend } from "#host/composeBackend.ts";
import { createRemoteBackend } from "#host/remoteBackend.ts";
import type { Dialogs } from "#host/shellPort.ts";
import { utilityChild } from "./utilityChild.ts";

export type OpenBackendOptions = {
  /** `main`: in this process. `utility`: in one of its own, where a native crash costs a note instead of the window. */
  readonly where: "main" | "utility";
  readonly dialogs: Dialogs;
  readonly utilityProcess: Pick<typeof utilityProcess, "fork">;
};

/** The backend of the Electron shell. @throws NG-STORE-…, `main` only; a `utility` tells it to the first request */
export async function openBackend({ where, dialogs, utilityProcess }: OpenBackendOptions): Promise<Backend> {
  if (where === "main") return composeBackend({ kind: "electron", dialogs });
  const open = utilityChild(utilityProcess, join(import.meta.dirname, "backendProcess.js"));
  return createRemoteBackend({ open, dialogs });
}
