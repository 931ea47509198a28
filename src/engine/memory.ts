import { totalmem } from "node:os";
import { NotegrainError } from "#core/errors.ts";
import type { ModelFile } from "./modelFile.ts";

/** Bytes that a number of the KV cache takes (F16). */
const CACHE_NUMBER = 2;
/** Bytes of the runtime beside weights and caches: the program itself and the working buffers of llama.cpp. */
const RUNTIME = 150_000_000;

/** Memory that a loaded model takes, in bytes. */
export type MemoryNeed = {
  readonly weights: number;
  readonly cache: number;
  readonly total: number;
};

/** What a model needs with so many contexts of so many tokens. */
export function memoryNeed({ bytes, facts }: ModelFile, contextTokens: number, contexts: number): MemoryNeed {
  const { layers = 0, width = 0, heads = 1, keyValueHeads = 1 } = facts.shape ?? {};
  const row = 2 * layers * (width / Math.max(1, heads)) * keyValueHeads * CACHE_NUMBER;
  const cache = row * contextTokens * contexts;
  return { weights: bytes, cache, total: bytes + cache + RUNTIME };
}

/**
 * Bytes that this process may still take. On macOS free memory is a small part of what can be had, so there
 * it is three quarters of all.
 */
export function availableMemory(): number {
  return process.platform === "darwin" ? totalmem() * 0.75 : process.availableMemory();
}

/** @throws NG-MODEL-MEMORY */
export function requireMemory(
  file: ModelFile,
  contextTokens: number,
  contexts: number,
  available = availableMemory(),
): void {
  const { total } = memoryNeed(file, contextTokens, contexts);
  if (total <= available) return;
  throw new NotegrainError("NG-MODEL-MEMORY", {
    name: file.fileName,
    needed: readableBytes(total),
    available: readableBytes(available),
  });
}

/** "1.3 GB", "14 MB": powers of ten, two digits. */
export function readableBytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;
}
