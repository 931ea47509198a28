import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const tool = join(root, "../shared/tools/mkgguf.py");
const cache = join(root, "node_modules/.cache/notegrain");

/** A model file for a test, or why there is none. */
export type TestModel = { readonly path: string } | { readonly missing: string };

/**
 * A model of random weights with LLaMA 3's true vocabulary, made once and kept under node_modules/.cache. Its shape
 * is tiny, or what NOTEGRAIN_LLAMA3_SHAPE says: 1b, 3b and 8b are those of LLaMA 3 itself.
 */
export function trueShapeModel(): TestModel {
  const shape = process.env.NOTEGRAIN_LLAMA3_SHAPE ?? "tiny";
  const path = join(cache, `llama3-${shape}.gguf`);
  if (existsSync(path)) return { path };
  if (!existsSync(tool)) return { missing: "shared/tools/mkgguf.py is not here" };
  const python = [join(root, "training/.venv/bin/python"), "python3"].find(
    (command) => spawnSync(command, ["-c", "import numpy"]).status === 0,
  );
  if (python === undefined) return { missing: "no Python with numpy" };
  mkdirSync(cache, { recursive: true });
  const draft = `${path}.${process.pid}.part`;
  const made = spawnSync(python, [tool, draft, "--shape", shape], { encoding: "utf8" });
  if (made.status !== 0) return { missing: `mkgguf.py failed: ${made.stderr.slice(-200)}` };
  renameSync(draft, path);
  return { path };
}

/** Runs a command of `training/`, which must have been set up; what it printed, or why it could not be run. */
export function runTraining(
  ...argv: readonly string[]
): { readonly output: string } | { readonly missing: string } {
  const python = join(root, "training/.venv/bin/python");
  if (!existsSync(python)) return { missing: "training/setup was not run" };
  const ran = spawnSync(python, ["-m", "notegrain_training", ...argv], {
    cwd: join(root, "training"),
    encoding: "utf8",
    env: { ...process.env, HF_HUB_OFFLINE: "1" },
  });
  if (ran.status !== 0) throw new Error(`training failed: ${ran.stderr.slice(-1000)}`);
  return { output: ran.stdout };
}

/** The model that ships. */
export function compactModel(): TestModel {
  const path = join(root, "models/notegrain-compact.gguf");
  return existsSync(path) ? { path } : { missing: "models/notegrain-compact.gguf is not here yet" };
}
