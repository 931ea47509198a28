import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The texts of a folder's .txt files, in the order of their names; the first `count` of them. */
export function readNotes(folder: string, count?: number): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".txt"))
    .toSorted()
    .slice(0, count)
    .map((name) => readFileSync(join(folder, name), "utf8"));
}
