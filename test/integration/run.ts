import { spawn } from "node:child_process";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** What a run of the command line left behind. */
export type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Runs `notegrain …` as a process of its own; `interrupt` presses Ctrl-C as soon as a first result is printed. */
export function notegrain(
  args: readonly string[],
  {
    input,
    env,
    interrupt,
  }: { input?: string | Uint8Array; env?: Record<string, string>; interrupt?: boolean } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, ["src/cli/main.ts", ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.on("error", () => {}); // it may end before it has read everything
  child.stdin.end(input ?? "");
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    if (interrupt && stdout.length > 100 && !child.killed) child.kill("SIGINT");
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
