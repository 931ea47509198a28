import { readdirSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { NotegrainError, type PlainError, toPlainError } from "#contract/errors.ts";
import { PACK_MANIFEST, readBratDocument, readIob, readPackTypes, saidToBeReadFor } from "#host/useCases.ts";
import { readable, readText } from "./readText.ts";

type GoldDocument = ReturnType<typeof readBratDocument>;

/**
 * Gold documents of a brat folder (NAME.txt beside NAME.ann) or of one IOB file. A file that cannot be used is
 * told apart, and the others are read. Beside brat files the manifest of a training pack tells what they were read for.
 * @param only names without extension, by comma, or `@FILE` with a name a line
 * @throws NG-READ where `path` is not there; NG-USAGE where nothing is left to score
 */
export function readGold(path: string, only?: string): { documents: GoldDocument[]; unusable: PlainError[] } {
  const unusable: PlainError[] = [];
  const documents: GoldDocument[] = [];
  const names = only === undefined ? null : new Set(chosenNames(only));
  for (const read of readers(path, names)) {
    try {
      documents.push(...read());
    } catch (error) {
      unusable.push(toPlainError(error));
    }
  }
  if (documents.length === 0 && unusable.length === 0) {
    throw new NotegrainError("NG-USAGE", { detail: `${basename(path)} holds no gold documents.` });
  }
  return { documents, unusable };
}

function readers(path: string, names: ReadonlySet<string> | null): (() => GoldDocument[])[] {
  if (!readable(() => statSync(path), path).isDirectory()) {
    const name = basename(path, extname(path));
    return [() => readIob(name, readText(path)).filter((document) => names?.has(document.name) ?? true)];
  }
  const files = readable(() => readdirSync(path), path);
  let packTypes: ReadonlyMap<string, readonly string[]> = new Map();
  const readManifest = (): GoldDocument[] => {
    packTypes = readPackTypes(readText(join(path, PACK_MANIFEST)));
    return [];
  };
  const documents = files
    .filter((file) => file.endsWith(".ann"))
    .map((file) => basename(file, ".ann"))
    .filter((name) => names?.has(name) ?? true)
    .sort()
    .map((name) => () => {
      const read = (ending: string) => readText(join(path, `${name}.${ending}`));
      return [saidToBeReadFor(readBratDocument(name, read("txt"), read("ann")), packTypes)];
    });
  return files.includes(PACK_MANIFEST) ? [readManifest, ...documents] : documents;
}

function chosenNames(only: string): string[] {
  const list = only.startsWith("@") ? readText(only.slice(1)).split(/\r?\n/) : only.split(",");
  return list.map((name) => name.trim().replace(/\.(ann|txt)$/, "")).filter((name) => name !== "");
}
