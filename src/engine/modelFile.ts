import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { NotegrainError } from "#core/errors.ts";
import { type GgufFacts, readGgufFacts } from "./ggufFacts.ts";

/** Of GGUF. */
const NEWEST_VERSION = 3;

/** An entry of the header has a name, with its length before it, a type and a value. */
const LEAST_ENTRY_BYTES = 13n;

/** A GGUF file whose header was read and found whole. */
export type ModelFile = {
  readonly path: string;
  /** File name without folders. */
  readonly fileName: string;
  readonly bytes: number;
  readonly facts: GgufFacts;
};

/**
 * Looks a file over before the native loader sees it, which would end the process over some of these.
 * @throws NG-MODEL-MISSING, NG-MODEL-FORMAT, NG-MODEL-TRUNCATED, NG-MODEL-ARCHITECTURE, NG-MODEL-SPLIT,
 * NG-MODEL-LOAD where a model is damaged
 */
export async function openModelFile(path: string): Promise<ModelFile> {
  const fileName = basename(path);
  const bytes = await sizeOf(path, fileName);
  await requireBeginning(path, fileName, bytes);
  const facts = await readGgufFacts(path).catch((cause: unknown) => {
    // The magic is right, so the header ends too early or was overwritten.
    throw new NotegrainError(
      "NG-MODEL-TRUNCATED",
      { name: fileName, actual: bytes, expected: `more than ${bytes}` },
      { cause },
    );
  });
  // Only the first part of a split model names its architecture.
  if (facts.parts > 1) throw new NotegrainError("NG-MODEL-SPLIT", { name: fileName, parts: facts.parts });
  if (facts.architecture !== "llama") {
    throw new NotegrainError("NG-MODEL-ARCHITECTURE", { name: fileName, architecture: facts.architecture });
  }
  if (bytes < facts.promisedBytes) {
    throw new NotegrainError("NG-MODEL-TRUNCATED", {
      name: fileName,
      actual: bytes,
      expected: facts.promisedBytes,
    });
  }
  if (facts.damage !== null) throw new NotegrainError("NG-MODEL-LOAD", { name: fileName, ...facts.damage });
  return { path, fileName, bytes, facts };
}

async function sizeOf(path: string, name: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new NotegrainError("NG-MODEL-MISSING", { name });
  if (!found.isFile()) throw new NotegrainError("NG-MODEL-FORMAT", { name });
  return found.size;
}

/** Magic, version and counts: the parser behind it would believe any number of entries, and read on for ever. */
async function requireBeginning(path: string, name: string, bytes: number): Promise<void> {
  const file = await open(path).catch((cause: unknown) => {
    throw new NotegrainError("NG-READ", { name, reason: (cause as NodeJS.ErrnoException).code ?? "unknown" });
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(24), 0, 24, 0);
    if (buffer.toString("latin1", 0, 4) !== "GGUF") throw new NotegrainError("NG-MODEL-FORMAT", { name });
    const entries = buffer.readBigUInt64LE(8) + buffer.readBigUInt64LE(16);
    const leastBytes = 24n + entries * LEAST_ENTRY_BYTES;
    if (bytesRead < 24 || leastBytes > bytes) {
      throw new NotegrainError("NG-MODEL-TRUNCATED", { name, actual: bytes, expected: String(leastBytes) });
    }
    if (buffer.readUInt32LE(4) > NEWEST_VERSION) throw new NotegrainError("NG-MODEL-FORMAT", { name });
  } finally {
    await file.close();
  }
}
