import type { AbortSignalLike, Client } from "#contract/client.ts";
import type { ModelReport } from "#contract/records.ts";

/** Bytes of one part: large enough to be quick, small enough for the progress to move. */
const partBytes = 4 * 1024 * 1024;

/**
 * Sends the file of a model that was dropped on the window, in parts, and answers with what the check found.
 * @param onProgress the share that was sent, 0 to 1
 * @returns null for a file without bytes
 * @throws NotegrainError as the check of the backend; DOMException where the browser cannot read the file
 */
export async function uploadModel(
  client: Client,
  file: Blob & { readonly name: string },
  options: { readonly signal?: AbortSignalLike; readonly onProgress?: (share: number) => void } = {},
): Promise<ModelReport | null> {
  const uploadId = crypto.randomUUID();
  let report: ModelReport | null = null;
  for (let offset = 0; offset < file.size; offset += partBytes) {
    const part = await file.slice(offset, offset + partBytes).arrayBuffer();
    report = await client.call(
      "models.upload",
      { uploadId, name: file.name, totalBytes: file.size, offset, bytes: new Uint8Array(part) },
      options.signal ? { signal: options.signal } : {},
    );
    options.onProgress?.(Math.min(1, (offset + part.byteLength) / file.size));
  }
  return report;
}
