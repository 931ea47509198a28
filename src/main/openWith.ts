import { existsSync } from "node:fs";
import { extname, isAbsolute, resolve } from "node:path";
import type { Backend } from "#contract/client.ts";
import type { AnswerOf, RequestOf } from "#contract/methods.ts";
import { readGivenNotes } from "#host/givenFiles.ts";

/**
 * The notes among the words of a command line: what the system passes on for "Open with".
 * @param folder that relative paths are meant from
 */
export function notePaths(
  words: readonly string[],
  folder: string,
  extensions: readonly string[],
): readonly string[] {
  return words
    .filter((word) => !word.startsWith("-") && extensions.includes(extname(word).toLowerCase()))
    .map((word) => (isAbsolute(word) ? word : resolve(folder, word)))
    .filter((path) => existsSync(path));
}

/** Brings the notes in and says which case is to be shown: that of the last one, null where none could be read. */
export async function openNotes(backend: Backend, paths: readonly string[]): Promise<string | null> {
  const request: RequestOf<"notes.import"> = { files: await readGivenNotes(paths), caseId: null };
  const result = await backend.handle("notes.import", request);
  if (!result.ok) return null;
  const fates = result.value as AnswerOf<"notes.import">;
  return fates.findLast((fate) => fate.caseId !== null)?.caseId ?? null;
}
