import { fork } from "node:child_process";

/** A line to a child process that holds the backend. */
export type ChildLine = {
  send(message: unknown): void;
  kill(): void;
};

/** Starts the child; `hear` gets what it says, `gone` that it ended, however it did. */
export type OpenChild = (hear: (message: unknown) => void, gone: () => void) => ChildLine;

/** What must not reach the child: it would change how Node runs there. */
const strippedVariables = ["NODE_OPTIONS", "NODE_EXTRA_CA_CERTS", "NODE_PATH", "ELECTRON_RUN_AS_NODE"];

export function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !strippedVariables.includes(name)));
}

/** A child of Node's own; Electron's utility process is opened by its shell in the same way. */
export function nodeChild(script: string): OpenChild {
  return (hear, gone) => {
    // "advanced" carries the bytes of notes as they are.
    const child = fork(script, {
      serialization: "advanced",
      env: childEnvironment(process.env),
      execArgv: [],
    });
    child.on("message", hear);
    child.once("exit", gone);
    child.on("error", () => child.kill("SIGKILL"));
    return {
      send: (message) => child.connected && child.send(message as object),
      kill: () => child.kill("SIGKILL"),
    };
  };
}
