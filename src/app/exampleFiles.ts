import { NotegrainError, type PlainError, toPlainError } from "#core/errors.ts";
import type { GoldDocument } from "#core/evaluate/gold.ts";
import { mapLabels } from "#core/evaluate/labelMap.ts";
import { PACK_MANIFEST, readPackTypes } from "#core/evaluate/packTypes.ts";
import { readBratDocument } from "#core/evaluate/readBrat.ts";
import { saidToBeReadFor, schemeOf } from "#core/evaluate/readFor.ts";
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
 * Reads brat files (NAME.ann beside NAME.txt), the manifest of a training pack beside them, and IOB files (any other
 * text). A file that cannot be used does not stop the others. All of them together count as one corpus.
 * @param known names of the program's types and of the user's own
 */
export async function readExampleFiles(
  files: readonly AnnotatedFile[],
  known: ReadonlySet<string>,
): Promise<ReadExamples> {
  const byName = new Map(files.map((file) => [file.name, file]));
  const read: { readonly name: string; readonly gold: readonly GoldDocument[] }[] = [];
  const errors: PlainError[] = [];
  const tried = <Value>(work: () => Value): Value | undefined => {
    try {
      return work();
    } catch (error) {
      errors.push(toPlainError(error));
      return undefined;
    }
  };
  const isManifest = ({ name }: AnnotatedFile) => baseName(name) === PACK_MANIFEST;
  const manifest = files.find(isManifest);
  const packTypes = manifest && tried(() => readPackTypes(textOf(manifest)));
  for (const file of files) {
    const stem = file.name.replace(/\.[^./]*$/, "");
    const isNoteOfBrat = file.name.endsWith(".txt") && byName.has(`${stem}.ann`);
    if (isNoteOfBrat || isManifest(file)) continue;
    const gold = tried(() =>
      file.name.endsWith(".ann")
        ? [readBrat(stem, file, byName.get(`${stem}.txt`), packTypes)]
        : readIob(baseName(stem), textOf(file)),
    );
    if (gold) read.push({ name: baseName(file.name), gold });
    await breathe();
  }
  const scheme = schemeOf(
    read.flatMap(({ gold }) => gold),
    { known },
  );
  const found: FoundExamples[] = [];
  for (const { name, gold } of read) {
    found.push({ name, examples: goldExamples(gold.map((document) => mapLabels(scheme(document)))) });
    await breathe();
  }
  return { found, errors };
}

function readBrat(
  stem: string,
  ann: AnnotatedFile,
  note: AnnotatedFile | undefined,
  packTypes: ReadonlyMap<string, readonly string[]> = new Map(),
): GoldDocument {
  const name = baseName(stem);
  if (!note) {
    throw new NotegrainError("NG-GOLD", {
      name: `${name}.ann`,
      reason: "GOLD-NO-TEXT",
      text: `${name}.txt`,
    });
  }
  return saidToBeReadFor(readBratDocument(name, textOf(note), textOf(ann)), packTypes);
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
