import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { systemReason } from "./systemReason.ts";

/** What a walk comes by. `relative` is the path below the root, with "/" between folders. */
export type WalkEntry =
  | {
      readonly kind: "file";
      readonly path: string;
      readonly relative: string;
      /** Whether another file of the same folder has the same name apart from the extension (or case). */
      readonly sharesStem: boolean;
    }
  /** Not a note by its extension, or no regular file. */
  | { readonly kind: "skipped"; readonly relative: string }
  /** A folder or link that could not be followed. */
  | { readonly kind: "unreadable"; readonly relative: string; readonly reason: string };

type Found = {
  readonly name: string;
  readonly kind: "file" | "folder" | "other" | { readonly reason: string };
};

/**
 * Walks through the folder `root` by name, deepest content at its place, and names every file on the way.
 * One folder's names are held at a time, never the whole tree. Hidden files and folders (".…") are passed
 * over. Links are followed, but each real folder is entered once, so that a loop ends.
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
    const isNote = ({ name, kind }: Found) =>
      kind === "file" && extensions.some((extension) => name.toLowerCase().endsWith(extension));
    const stems = new Map<string, number>();
    for (const { name } of found.entries.filter(isNote))
      stems.set(stem(name), (stems.get(stem(name)) ?? 0) + 1);
    for (const entry of found.entries) {
      const path = join(folder, entry.name);
      const relative = prefix + entry.name;
      if (entry.kind === "folder") {
        yield* enter(path, `${relative}/`);
      } else if (typeof entry.kind === "object") {
        yield { kind: "unreadable", relative, reason: entry.kind.reason };
      } else if (isNote(entry)) {
        yield { kind: "file", path, relative, sharesStem: (stems.get(stem(entry.name)) ?? 0) > 1 };
      } else {
        yield { kind: "skipped", relative };
      }
    }
  }

  yield* enter(root, "");
}

function stem(name: string): string {
  return name.toLowerCase().replace(/\.[^.]*$/, "");
}

/** What lies in a folder, sorted by name; nothing where it was entered before. */
async function listFolder(
  folder: string,
  entered: Set<string>,
): Promise<{ entries: Found[] } | { reason: string }> {
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
