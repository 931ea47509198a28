import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { GivenFile } from "#app/ports.ts";
import { NotegrainError } from "#core/errors.ts";
import { systemReason } from "#files/systemReason.ts";
import { walkFolder } from "#files/walk.ts";

/**
 * A file of this computer, to be read when its turn comes. It tells what is wrong with it only then, so that
 * its fate stands in the list with those of the others.
 */
export async function givenFile(path: string, name = basename(path)): Promise<GivenFile> {
  const facts = await stat(path).catch(() => null);
  return {
    name,
    size: facts?.size ?? 0,
    async read() {
      try {
        return await readFile(path);
      } catch (cause) {
        throw unreadable(name, systemReason(cause));
      }
    },
  };
}

/**
 * The files that were chosen, and everything that lies in chosen folders, named from the folder on.
 * @param extensions those of notes
 */
export async function givenFiles(
  paths: readonly string[],
  extensions: readonly string[],
): Promise<GivenFile[]> {
  const files: GivenFile[] = [];
  for (const path of paths) {
    const isFolder = await stat(path).then(
      (facts) => facts.isDirectory(),
      () => false,
    );
    if (!isFolder) {
      files.push(await givenFile(path));
      continue;
    }
    for await (const entry of walkFolder(path, extensions)) {
      const name = `${basename(path)}/${entry.relative}`;
      if (entry.kind === "file") files.push(await givenFile(entry.path, name));
      else files.push(asideFile(name, entry.kind === "unreadable" ? entry.reason : null));
    }
  }
  return files;
}

/** Notes with their bytes, those left out that cannot be read. */
export async function readGivenNotes(
  paths: readonly string[],
): Promise<{ readonly name: string; readonly bytes: Uint8Array }[]> {
  const notes: { name: string; bytes: Uint8Array }[] = [];
  for (const path of paths) {
    const file = await givenFile(path);
    const bytes = await file.read().catch(() => null);
    if (bytes) notes.push({ name: file.name, bytes });
  }
  return notes;
}

/** Something of a folder that is named in the list and not read. */
function asideFile(name: string, reason: string | null): GivenFile {
  return { name, size: 0, read: async () => Promise.reject(unreadable(name, reason ?? "")) };
}

function unreadable(name: string, reason: string): NotegrainError {
  return new NotegrainError("NG-READ", { name: basename(name), reason });
}
