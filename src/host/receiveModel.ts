import { mkdir, open, rename, rm } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import type { ModelLibrary, UploadedPart } from "#app/ports.ts";
import { NotegrainError } from "#core/errors.ts";
import { systemReason } from "#files/systemReason.ts";

/**
 * Puts the parts of a file together in `folder`, in order, under a hidden name until it is whole.
 * @returns a function that answers the path once the last part is there, else null; it throws NG-WRITE, and
 * NG-REQUEST where the id of an upload could leave the folder
 */
export function modelReceiver(folder: string): ModelLibrary["receive"] {
  return async ({ uploadId, name, totalBytes, offset, bytes }: UploadedPart) => {
    if (!/^[\w-]+$/.test(uploadId))
      throw new NotegrainError("NG-REQUEST", {
        method: "models.upload",
        reason: "REQUEST-PLACE",
        place: "uploadId",
      });
    const draft = join(folder, `.${uploadId}.part`);
    try {
      await mkdir(folder, { recursive: true });
      const file = await open(draft, offset === 0 ? "w" : "r+");
      try {
        await file.write(bytes, 0, bytes.length, offset);
      } finally {
        await file.close();
      }
      if (offset + bytes.length < totalBytes) return null;
      const path = join(folder, `${basename(name, extname(name)).replace(/[^\w.-]/g, "_")}.gguf`);
      await rename(draft, path);
      return path;
    } catch (cause) {
      await rm(draft, { force: true }).catch(() => {});
      throw new NotegrainError("NG-WRITE", { name: basename(name), reason: systemReason(cause) }, { cause });
    }
  };
}
