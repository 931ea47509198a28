import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { NotegrainError } from "#core/errors.ts";
import type { NoteReaderPort, ReadNote } from "#core/ports.ts";
import { MAX_BYTES, tooLarge } from "./noteReader.ts";
import { systemReason } from "./systemReason.ts";

type ReadOptions = { readonly encoding?: string };

/** Reads the note in the file `path`. @throws NG-READ and what NoteReaderPort.read throws */
export async function readNoteFile(
  reader: NoteReaderPort,
  path: string,
  options: ReadOptions = {},
): Promise<ReadNote> {
  const name = basename(path);
  const bytes = await readable(name, async () => {
    const facts = await stat(path);
    // A pipe (`<(…)`, /dev/stdin) tells no size: it is read up to the limit.
    if (!facts.isFile() && !facts.isDirectory()) return readAll(createReadStream(path), name);
    if (facts.size > MAX_BYTES) throw tooLarge(name);
    return readFile(path);
  });
  return reader.read(bytes, name, options);
}

/** Reads one note from a stream such as standard input. @throws as readNoteFile */
export async function readNoteStream(
  reader: NoteReaderPort,
  stream: AsyncIterable<Uint8Array>,
  name: string,
  options: ReadOptions = {},
): Promise<ReadNote> {
  return reader.read(await readable(name, () => readAll(stream, name)), name, options);
}

async function readAll(stream: AsyncIterable<Uint8Array>, name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > MAX_BYTES) throw tooLarge(name);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function readable(name: string, read: () => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NotegrainError) throw error;
    throw new NotegrainError("NG-READ", { name, reason: systemReason(error) }, { cause: error });
  }
}
