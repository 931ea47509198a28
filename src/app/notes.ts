import { basename } from "node:path/posix";
import type { AbortSignalLike } from "#contract/client.ts";
import type { ImportFate } from "#contract/records.ts";
import { detectLanguage } from "#core/document/language.ts";
import { NotegrainError, type PlainError, toPlainError } from "#core/errors.ts";
import { breathe } from "./breathe.ts";
import { caseNumber } from "./caseRows.ts";
import { documentId } from "./extractNote.ts";
import type { AppContext, Handlers } from "./handlers.ts";
import type { GivenFile } from "./ports.ts";
import type { Queue } from "./queue.ts";
import { readSettings } from "./settings.ts";

type NoteHandlers = Pick<Handlers, "notes.import" | "notes.importByDialog" | "notes.importExample">;

/** Bytes of the largest file that the app takes; the command line takes more. */
const largestFile = 64 * 1024 * 1024;

/** Bringing notes in. Each file has its own fate; one that fails does not stop the others. */
export function noteHandlers(context: AppContext, queue: Queue): NoteHandlers {
  const { store, reader, shell, events } = context;

  function isKnownKind(name: string): boolean {
    return reader.extensions.some((extension) => name.toLowerCase().endsWith(extension));
  }

  async function importOne(file: GivenFile, caseId: string | null): Promise<ImportFate> {
    const name = basename(file.name);
    const fate = (outcome: ImportFate["outcome"], error: PlainError | null): ImportFate => ({
      name,
      outcome,
      caseId: null,
      documentId: null,
      error,
    });
    // What lies in a folder beside the notes is left aside; a file that was given by itself must be readable.
    if (file.name.includes("/") && !isKnownKind(name)) return fate("skipped", null);
    try {
      if (file.size > largestFile) throw new NotegrainError("NG-TOO-LARGE", { name, limit: "64 MB" });
      const note = reader.read(await file.read(), name);
      if (note.text.trim() === "") throw new NotegrainError("NG-EMPTY", { name });
      const kept = store.addDocument(
        { ...note, id: documentId(note), language: detectLanguage(note.text) },
        caseId === null ? {} : { caseId: caseNumber(caseId) },
      );
      return {
        ...fate(kept.added ? "added" : "duplicate", null),
        caseId: String(kept.caseId),
        documentId: kept.documentId,
      };
    } catch (error) {
      return fate("failed", toPlainError(error));
    }
  }

  async function importAll(
    files: readonly GivenFile[],
    caseId: string | null,
    signal: AbortSignalLike,
  ): Promise<readonly ImportFate[]> {
    const fates: ImportFate[] = [];
    for (const file of files) {
      if (signal.aborted) break;
      fates.push(await importOne(file, caseId));
      await breathe();
    }
    const added = fates.filter((fate) => fate.outcome === "added");
    if (added.length > 0) events.emit("cases", {});
    if (readSettings(store).autoRun) await queue.start(added.flatMap((fate) => fate.documentId ?? []));
    return fates;
  }

  return {
    "notes.import": ({ files, caseId }, signal) => {
      const given = files.map(({ name, bytes }) => ({ name, size: bytes.length, read: async () => bytes }));
      return importAll(given, caseId, signal);
    },
    "notes.importByDialog": async ({ folders }, signal) =>
      importAll((await shell.chooseNotes(folders)) ?? [], null, signal),
    "notes.importExample": async ({ language }, signal) =>
      importAll([await context.example(language)], null, signal),
  };
}
