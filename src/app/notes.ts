import { basename } from "node:path/posix";
import type { AbortSignalLike } from "#contract/client.ts";
import type { ImportFate } from "#contract/records.ts";
import { detectLanguage } from "#core/document/language.ts";
import { NotegrainError, type PlainError, toPlainError } from "#core/errors.ts";
import type { ReadNote } from "#core/ports.ts";
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

/** Notes that are kept in one go: waiting for the disk takes longer than the rest. */
const filesTogether = 40;

function fateOf(name: string, outcome: ImportFate["outcome"], error: PlainError | null = null): ImportFate {
  return { name, outcome, caseId: null, documentId: null, error };
}

/** Bringing notes in. Each file has its own fate; one that fails does not stop the others. */
export function noteHandlers(context: AppContext, queue: Queue): NoteHandlers {
  const { store, reader, shell, events } = context;

  function isKnownKind(name: string): boolean {
    return reader.extensions.some((extension) => name.toLowerCase().endsWith(extension));
  }

  /** Reads one file; its fate is sealed already where it holds no note. */
  async function readOne(file: GivenFile): Promise<ReadNote | ImportFate> {
    const name = basename(file.name);
    // What lies in a folder beside the notes is left aside; a file that was given by itself must be readable.
    if (file.name.includes("/") && !isKnownKind(name)) return fateOf(name, "skipped");
    try {
      if (file.size > largestFile) throw new NotegrainError("NG-TOO-LARGE", { name, limit: "64 MB" });
      const note = reader.read(await file.read(), name);
      if (note.text.trim() === "") throw new NotegrainError("NG-EMPTY", { name });
      return note;
    } catch (error) {
      return fateOf(name, "failed", toPlainError(error));
    }
  }

  function keepOne(note: ReadNote, caseId: string | null): ImportFate {
    try {
      const kept = store.addDocument(
        { ...note, id: documentId(note), language: detectLanguage(note.text) },
        { once: true, ...(caseId !== null && { caseId: caseNumber(caseId) }) },
      );
      return {
        ...fateOf(note.name, kept.added ? "added" : "duplicate"),
        caseId: String(kept.caseId),
        documentId: kept.documentId,
        ...(kept.name !== note.name && { knownAs: kept.name }),
      };
    } catch (error) {
      return fateOf(note.name, "failed", toPlainError(error));
    }
  }

  async function importAll(
    files: readonly GivenFile[],
    caseId: string | null,
    signal: AbortSignalLike,
  ): Promise<readonly ImportFate[]> {
    const fates: ImportFate[] = [];
    for (let from = 0; from < files.length && !signal.aborted; from += filesTogether) {
      const read: (ReadNote | ImportFate)[] = [];
      for (const file of files.slice(from, from + filesTogether)) {
        read.push(await readOne(file));
        await breathe();
      }
      fates.push(...store.together(() => read.map((one) => ("outcome" in one ? one : keepOne(one, caseId)))));
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
