import { NotegrainError, type PlainError, toPlainError } from "#core/errors.ts";
import type { GoldDocument } from "#core/evaluate/gold.ts";
import { mapLabels } from "#core/evaluate/labelMap.ts";
import { readBratDocument } from "#core/evaluate/readBrat.ts";
import { readIob } from "#core/evaluate/readIob.ts";
import type { CutExample } from "#core/examples/splitExamples.ts";
import { breathe } from "./breathe.ts";
import { goldExamples } from "./exampleBank.ts";

/** A file as it was given. */
export type AnnotatedFile = { readonly name: string; readonly bytes: Uint8Array };

/** Examples as they were cut from one file or note. */
export type FoundExamples = {
  /** What a person calls it. */
  readonly name: string;
  readonly examples: readonly CutExample[];
};

/** Examples of annotated files, and the files that could not be used. */
export type ReadExamples = {
  readonly found: readonly FoundExamples[];
  readonly errors: readonly PlainError[];
};

/**
 * Reads brat files (NAME.ann beside NAME.txt) and IOB files (any other text). A file that cannot be used does not
 * stop the others.
 */
export async function readExampleFiles(files: readonly AnnotatedFile[]): Promise<ReadExamples> {
  const byName = new Map(files.map((file) => [file.name, file]));
  const found: FoundExamples[] = [];
  const errors: PlainError[] = [];
  for (const file of files) {
    const stem = file.name.replace(/\.[^./]*$/, "");
    const isNoteOfBrat = file.name.endsWith(".txt") && byName.has(`${stem}.ann`);
    if (isNoteOfBrat) continue;
    try {
      const gold = file.name.endsWith(".ann")
        ? [readBrat(stem, file, byName.get(`${stem}.txt`))]
        : readIob(baseName(stem), textOf(file));
      const examples = goldExamples(gold.map((document) => mapLabels(document)));
      found.push({ name: baseName(file.name), examples });
    } catch (error) {
      errors.push(toPlainError(error));
    }
    await breathe();
  }
  return { found, errors };
}

function readBrat(stem: string, ann: AnnotatedFile, note: AnnotatedFile | undefined): GoldDocument {
  const name = baseName(stem);
  if (!note) {
    throw new NotegrainError("NG-GOLD", {
      name: `${name}.ann`,
      reason: "GOLD-NO-TEXT",
      text: `${name}.txt`,
    });
  }
  return readBratDocument(name, textOf(note), textOf(ann));
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function textOf({ name, bytes }: AnnotatedFile): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new NotegrainError("NG-ENCODING", { name: baseName(name), encoding: "UTF-8" });
  }
}
