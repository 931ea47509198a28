import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { NotegrainError } from "#core/errors.ts";
import { systemReason } from "./systemReason.ts";

/**
 * Writes a file whole or not at all: into a hidden file beside it that takes its place once it is on the
 * disk. Folders on the way are made. After a failure the old file stands as it was and nothing else is left.
 * @throws NG-WRITE
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const folder = dirname(path);
  // A short name of its own: the file's name with something added might be too long.
  const draft = join(folder, `.notegrain-${randomBytes(6).toString("hex")}.part`);
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(draft, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw new NotegrainError(
      "NG-WRITE",
      { name: basename(path), reason: systemReason(error) },
      { cause: error },
    );
  }
}
