import type { UtilityProcess } from "electron";
import { childEnvironment, type OpenChild } from "#host/childLine.ts";

/** Electron's utility process as the child that holds the backend. */
export function utilityChild(
  utilityProcess: { fork: typeof import("electron").utilityProcess.fork },
  script: string,
): OpenChild {
  return (hear, gone) => {
    const child: UtilityProcess = utilityProcess.fork(script, [], {
      serviceName: "Notegrain backend",
      env: childEnvironment(process.env) as Record<string, string>,
    });
    child.on("message", hear);
    child.once("exit", gone);
    return { send: (message) => child.postMessage(message), kill: () => void child.kill() };
  };
}
