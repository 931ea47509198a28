import { hash } from "node:crypto";
import { NotegrainError } from "#core/errors.ts";
import type { NoteReaderPort } from "#core/ports.ts";
import type { FormatReader } from "./formatReader.ts";
import { plainTextReader } from "./plainText.ts";
import { hasExtension } from "./walk.ts";

/** Every format that can be read, one reader a file. The last one takes whatever no other knows. */
const READERS: readonly FormatReader[] = [plainTextReader];

/** Largest file that is read, in bytes. V8 holds no string of more than 2^29 units, and decoding needs twice the room. */
export const MAX_BYTES = 200_000_000;

/** Reads notes of all known formats. */
export function makeNoteReader(readers: readonly FormatReader[] = READERS): NoteReaderPort {
  return {
    extensions: readers.flatMap((reader) => reader.extensions),
    read: (bytes, name, { encoding } = {}) => {
      if (bytes.length > MAX_BYTES) throw tooLarge(name);
      const reader = chooseReader(readers, bytes, name);
      const text = bytes.length === 0 ? "" : reader.toText(bytes, name, encoding);
      if (!/[^\s\u0085]/.test(text)) throw new NotegrainError("NG-EMPTY", { name });
      return { name, text, sha256: hash("sha256", bytes) };
    },
  };
}

export function tooLarge(name: string): NotegrainError {
  return new NotegrainError("NG-TOO-LARGE", { name, limit: `${MAX_BYTES / 1_000_000} MB` });
}

/** By how the bytes begin first, since extensions lie; by extension second; else as plain text. */
function chooseReader(readers: readonly FormatReader[], bytes: Uint8Array, name: string): FormatReader {
  return (
    readers.find((reader) => reader.recognizes?.(bytes)) ??
    readers.find((reader) => hasExtension(name, reader.extensions)) ??
    plainTextReader
  );
}
