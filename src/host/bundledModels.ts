import { readdirSync } from "node:fs";
import { join } from "node:path";
import { bundledModel, programFolder } from "./paths.ts";

/** Paths of the models and adapters that ship with the program, the compact model first; none where none is there. */
export function bundledModels(): readonly string[] {
  const folder = join(programFolder(), "models");
  let names: readonly string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  const paths = names.filter((name) => name.endsWith(".gguf")).map((name) => join(folder, name));
  return paths.sort(
    (a, b) => Number(b === bundledModel()) - Number(a === bundledModel()) || a.localeCompare(b),
  );
}
