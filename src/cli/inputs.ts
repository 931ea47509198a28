import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { NotegrainError, type PlainError, toPlainError } from "#contract/errors.ts";
import type { Host } from "#host/openHost.ts";
import type { NoteInput } from "#host/useCases.ts";

export type Inputs = {
  readonly inputs: readonly NoteInput[];
  /** What was named on the command line, or lies in a folder, and cannot even be looked at. */
  readonly unreadable: readonly { readonly name: string; readonly error: PlainError }[];
  /** Files of unknown kind in folders. */
  readonly skipped: readonly string[];
};

/**
 * Files, folders (walked), or "-" for standard input, as notes to read. Names are relative to the folder asked for,
 * so that results lie in the same subfolders.
 */
export async function collectInputs(
  host: Host,
  paths: readonly string[],
  encoding?: string,
): Promise<Inputs> {
  const inputs: NoteInput[] = [];
  const unreadable: { name: string; error: PlainError }[] = [];
  const skipped: string[] = [];
  const unread = (name: string, reason: string): void => {
    unreadable.push({ name, error: { code: "NG-READ", params: { name, reason } } });
  };
  for (const path of paths) {
    if (path === "-") {
      inputs.push({ name: "stdin", read: () => host.readStream(process.stdin, "stdin", encoding) });
      continue;
    }
    try {
      if (!(await stat(path)).isDirectory()) {
        inputs.push({ name: basename(path), read: () => host.readNote(path, encoding) });
        continue;
      }
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
      unread(basename(path), missing ? "there is no such file or folder" : "it cannot be looked at");
      continue;
    }
    const before = inputs.length;
    for await (const entry of host.walk(path)) {
      if (entry.kind === "file") {
        inputs.push({ name: entry.relative, read: () => host.readNote(entry.path, encoding) });
      } else if (entry.kind === "skipped") skipped.push(entry.relative);
      else unread(entry.relative, entry.reason);
    }
    if (inputs.length === before) {
      unreadable.push({
        name: basename(path),
        error: toPlainError(new NotegrainError("NG-EMPTY", { name: basename(path) })),
      });
    }
  }
  return { inputs, unreadable, skipped };
}
