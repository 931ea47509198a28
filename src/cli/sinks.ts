import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type PlainError, toPlainError } from "#contract/errors.ts";
import type { Host } from "#host/openHost.ts";
import {
  type Extraction,
  type Format,
  keepRun,
  type NoteInput,
  noteRunKey,
  outputNames,
  parseResumeLog,
  type RunPlan,
  renderFiles,
  renderStream,
  resumeLogName,
} from "#host/useCases.ts";

/** Flags that say where results go. */
export type SinkFlags = {
  format?: Format;
  out?: string;
  withText?: boolean;
  store?: string;
  resume?: boolean;
};

/** Where results go: the store, a folder, standard output. */
export type Sinks = {
  /** Whether --resume finds the result of this note finished. */
  has(note: { readonly sha256: string; readonly name: string }, index: number): boolean;
  /** Writes one result everywhere; answers the error of a file that could not be written. @throws NG-STORE-… */
  take(index: number, extraction: Extraction): Promise<PlainError | null>;
  /** Closes what is open, so that what stands on standard output is valid. */
  close(): void;
};

/** Opens every place that the flags name. */
export async function openSinks(
  host: Host,
  flags: SinkFlags,
  format: Format,
  inputs: readonly NoteInput[],
  unreadable: number,
  plan: RunPlan,
): Promise<Sinks> {
  const { out } = flags;
  const options = { withText: flags.withText === true };
  const store = flags.store === undefined ? null : await host.openStore(flags.store);
  const names = outputNames(inputs.map(({ name }) => name));
  const form = options.withText ? `${format} with text` : format;
  const logPath = out === undefined ? "" : join(out, resumeLogName);
  const log = parseResumeLog(flags.resume && out !== undefined ? readIfThere(logPath) : "");
  const stream =
    out === undefined && format !== "brat" && format !== "html"
      ? renderStream(format, inputs.length + unreadable > 1, options)
      : null;
  process.stdout.write(stream?.head ?? "");

  const inFolder = async (folder: string, index: number, extraction: Extraction): Promise<void> => {
    const name = names[index] ?? extraction.document.id;
    for (const { extension, content } of renderFiles(format, extraction, options)) {
      await host.writeWhole(join(folder, name + extension), content);
    }
    appendFileSync(logPath, log.line(name, form, noteRunKey(extraction.document, plan)));
  };

  return {
    has: (note, index) =>
      flags.resume === true &&
      (out === undefined || log.has(names[index] ?? "", form, noteRunKey(note, plan))) &&
      (store === null || store.findCompleteRun(note, plan) !== null),
    async take(index, extraction) {
      if (store) keepRun(store, extraction, plan);
      if (stream) process.stdout.write(stream.each(extraction));
      try {
        if (out !== undefined) await inFolder(out, index, extraction);
        return null;
      } catch (error) {
        return toPlainError(error);
      }
    },
    close() {
      process.stdout.write(stream?.tail() ?? "");
      store?.close();
    },
  };
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
