import type { Client } from "#contract/client.ts";
import type { ImportFate } from "#contract/records.ts";
import { toPlainError } from "#core/errors.ts";
import { batchesOf } from "./batchesOf.ts";
import { failedFate, refusalOf, unreadableFate } from "./fates.ts";
import type { Dropped } from "./walkEntries.ts";

/**
 * Sends files to the backend, batch after batch, and tells the fate of each as it is known.
 * Every file that goes in comes out as exactly one fate, also when the backend dies half-way; model files
 * are no notes and go to `onModel`.
 */
export async function importAll(
  client: Client,
  dropped: AsyncIterable<Dropped>,
  onFates: (fates: readonly ImportFate[]) => void,
  onModel: (file: File) => void,
): Promise<void> {
  async function* readable(): AsyncGenerator<File> {
    for await (const one of dropped) {
      if ("file" in one && /\.gguf$/i.test(one.file.name)) {
        onModel(one.file);
        continue;
      }
      const fate = "unreadable" in one ? unreadableFate(one.unreadable) : refusalOf(one.file);
      if (fate !== null) onFates([fate]);
      else if ("file" in one) yield one.file;
    }
  }
  for await (const batch of batchesOf(readable(), (file) => file.size)) {
    const read = await Promise.all(batch.map(readBytes));
    const files = read.filter((one) => "bytes" in one);
    const lost = read.filter((one) => !("bytes" in one));
    if (lost.length > 0) onFates(lost.map((one) => unreadableFate(one.name)));
    if (files.length === 0) continue;
    try {
      onFates(await client.call("notes.import", { files, caseId: null }));
    } catch (thrown) {
      const error = toPlainError(thrown);
      onFates(files.map((file) => failedFate(file.name, error)));
    }
  }
}

async function readBytes(
  file: File,
): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> } | { name: string }> {
  try {
    return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch {
    return { name: file.name };
  }
}
