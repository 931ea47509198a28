import type { Extraction } from "#core/entity/extraction.ts";
import { NotegrainError, type PlainError, toPlainError } from "#core/errors.ts";
import type { ExtractSettings } from "#core/pipeline.ts";
import type { InferencePort, ReadNote } from "#core/ports.ts";
import { extractNote, type NoteOptions } from "./extractNote.ts";

/** A note that is still to be read, under the name that messages use. */
export type NoteInput = {
  /** Path relative to what was asked for, or "stdin". */
  readonly name: string;
  /** @throws NG-READ, NG-EMPTY, NG-ENCODING, NG-BINARY, NG-TOO-LARGE */
  read(): Promise<ReadNote>;
};

/** What became of one input. `skipped`: its result was there already. */
export type NoteOutcome = { readonly index: number; readonly name: string } & (
  | { readonly state: "done"; readonly extraction: Extraction }
  | { readonly state: "skipped" }
  | { readonly state: "failed"; readonly error: PlainError }
);

export type ManyOptions = Omit<NoteOptions, "onProgress"> & {
  /** Whether the result of this note is there already. */
  readonly skip?: (note: ReadNote, index: number) => boolean;
  /** Called as the model moves through a note; `share` is 0 to 1. */
  readonly onRead?: (index: number, share: number) => void;
};

/**
 * Reads notes one after the other, as many side by side as the model has sequences, and gives their outcomes
 * in the order of the inputs. One note that fails does not stop the others; a cancelled run ends the walk.
 */
export async function* extractMany(
  port: InferencePort,
  inputs: readonly NoteInput[],
  settings: ExtractSettings,
  { skip, onRead, ...options }: ManyOptions,
): AsyncGenerator<NoteOutcome> {
  const one = async (input: NoteInput, index: number): Promise<NoteOutcome> => {
    const { name } = input;
    try {
      const note = await input.read();
      if (skip?.(note, index)) return { index, name, state: "skipped" };
      const onProgress = ({ read }: { read: number }) => onRead?.(index, read);
      const extraction = await extractNote(port, note, settings, { ...options, onProgress });
      return { index, name, state: "done", extraction };
    } catch (error) {
      return { index, name, state: "failed", error: toPlainError(error) };
    }
  };

  const ahead: Promise<NoteOutcome>[] = [];
  for (let next = 0; next < inputs.length || ahead.length > 0; ) {
    while (ahead.length <= port.parallelism && next < inputs.length) {
      ahead.push(one(inputs[next] as NoteInput, next));
      next += 1;
    }
    const outcome = (await ahead.shift()) as NoteOutcome;
    if (outcome.state === "failed" && outcome.error.code === "NG-CANCELLED") {
      await Promise.all(ahead);
      throw new NotegrainError("NG-CANCELLED");
    }
    yield outcome;
  }
}
