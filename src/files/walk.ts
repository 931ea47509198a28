import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { systemReason } from "./systemReason.ts";

/** What a walk comes by. `relative` is the path below the root, with "/" between folders. */
export type WalkEntry =
  | { readonly kind: "file"; readonly path: string; readonly relative: string }
  /** Not a note by its extension, or no regular file. */
  | { readonly kind: "skipped"; readonly relative: string }
  /** A folder or link that could not be followed; "." is the root itself. */
  | { readonly kind: "unreadable"; readonly relative: string; readonly reason: string };

type Found = {
  readonly name: string;
  readonly kind: "file" | "folder" | "other" | { readonly reason: string };
};

/**
 * Walks through the folder `root` and names every file on the way, those of a subfolder at its place in the
 * order of names. Only the names of the folders that it stands in are held, never the whole tree. Hidden files
 * and folders (".…") are passed over. Links are followed, but each real folder is entered once, so that a loop
 * ends. `extensions` are those of notes, in lower case with the dot.
 */
export async function* walkFolder(
  root: string,
  extensions: readonly string[],
): AsyncGenerator<WalkEntry, void> {
  const entered = new Set<string>();

  async function* enter(folder: string, prefix: string): AsyncGenerator<WalkEntry, void> {
    const found = await listFolder(folder, entered);
    if ("reason" in found) {
      yield { kind: "unreadable", relative: prefix.slice(0, -1) || ".", reason: found.reason };
      return;
    }
    for (const { name, kind } of found.entries) {
      const path = join(folder, name);
      const relative = prefix + name;
      if (kind === "folder") yield* enter(path, `${relative}/`);
      else if (typeof kind === "object") yield { kind: "unreadable", relative, reason: kind.reason };
      else if (kind === "file" && hasExtension(name, extensions)) yield { kind, path, relative };
      else yield { kind: "skipped", relative };
    }
  }

  yield* enter(root, "");
}

/** Whether a file name ends in one of these, whatever its case. */
export function hasExtension(name: string, extensions: readonly string[]): boolean {
  const lowerCase = name.toLowerCase();
  return extensions.some((extension) => lowerCase.endsWith(extension));
}

/** What lies in a folder, sorted by name; nothing where it was entered before. */
async function listFolder(
  folder: string,
  entered: Set<string>,
): Promise<{ readonly entries: readonly Found[] } | { readonly reason: string }> {
  try {
    const real = await realpath(folder);
    if (entered.has(real)) return { entries: [] };
    entered.add(real);
    const entries: Found[] = [];
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.name.startsWith(".")) continue;
      const facts = entry.isSymbolicLink() ? await follow(join(folder, entry.name)) : entry;
      const kind =
        "reason" in facts ? facts : facts.isFile() ? "file" : facts.isDirectory() ? "folder" : "other";
      entries.push({ name: entry.name, kind });
    }
    // By code units: the same order on every machine, whatever its language.
    return { entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)) };
  } catch (error) {
    return { reason: systemReason(error) };
  }
}

async function follow(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    return { reason: systemReason(error) };
  }
}
