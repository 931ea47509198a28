import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { NotegrainError } from "#core/errors.ts";
import { hashFile } from "../fileHash.ts";

/** Bytes that all states together may take; those used longest ago go first. */
export const FOLDER_BYTES = 512_000_000;
/** Milliseconds after which a half-written file has no writer any more. */
const DRAFT_AGE = 3_600_000;

const STATE = ".state";
const DRAFT = ".part";

/** States of prompts, a file each, whose name is its key and the SHA-256 of its bytes. */
export type StateFolder = {
  /** Bytes that a single state may take. */
  readonly largest: number;
  /** The path of a state that is as it was written; null where there is none. */
  find(key: string): Promise<string | null>;
  /**
   * Lets `write` fill an empty file, which is kept once it is whole. Nothing is written where the state is there
   * already or the folder's parent is not. A failure, such as a full disk, costs time later and nothing else.
   */
  keep(key: string, write: (path: string) => Promise<unknown>): Promise<void>;
  /** Deletes a state that cannot be used, and tells. */
  discard(path: string): Promise<void>;
};

/**
 * @param onFault told of each state that was damaged, after it was deleted
 * @param limit bytes of all states together
 */
export function stateFolder(
  folder: string,
  onFault: (error: NotegrainError) => void = () => {},
  limit = FOLDER_BYTES,
): StateFolder {
  async function named(key: string): Promise<string[]> {
    const names = await readdir(folder).catch(() => []);
    return names.filter((name) => name.startsWith(`${key}.`) && name.endsWith(STATE));
  }

  async function discard(path: string): Promise<void> {
    await rm(path, { force: true }).catch(() => {}); // another process may have it open; its turn comes again
    onFault(new NotegrainError("NG-STATE"));
  }

  /** Keeps the newest states within the limit, and no draft that was left behind. */
  async function tidy(): Promise<void> {
    const names = (await readdir(folder)).filter((name) => name.endsWith(STATE) || name.endsWith(DRAFT));
    const files = await Promise.all(
      names.map(async (name) => ({ path: join(folder, name), ...(await times(join(folder, name))) })),
    );
    let total = 0;
    for (const { path, bytes, used } of files.toSorted((a, b) => b.used - a.used)) {
      if (path.endsWith(STATE)) total += bytes;
      const isOver = path.endsWith(STATE) ? total > limit : Date.now() - used > DRAFT_AGE;
      if (isOver) await rm(path, { force: true });
    }
  }

  return {
    largest: limit / 2,

    async find(key) {
      for (const name of await named(key)) {
        const path = join(folder, name);
        // Hashed each time: a damaged file may have kept its size and time.
        const hash = await hashFile(path).catch(() => null);
        if (hash !== null && name === `${key}.${hash}${STATE}`) {
          const now = new Date();
          await utimes(path, now, now).catch(() => {}); // only the order of deletion
          return path;
        }
        await discard(path);
      }
      return null;
    },

    async keep(key, write) {
      const draft = join(folder, `${randomBytes(6).toString("hex")}${DRAFT}`);
      try {
        await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== "EEXIST") throw error;
        });
        if ((await named(key)).length > 0) return;
        // Made first, so that it never has other permissions.
        await (await open(draft, "wx", 0o600)).close();
        await write(draft);
        await rename(draft, join(folder, `${key}.${await hashFile(draft)}${STATE}`));
        await tidy();
      } catch {
        await rm(draft, { force: true }).catch(() => {});
      }
    },

    discard,
  };
}

async function times(path: string): Promise<{ readonly bytes: number; readonly used: number }> {
  const found = await stat(path).catch(() => null); // another process may have deleted it
  return { bytes: found?.size ?? 0, used: found?.mtimeMs ?? 0 };
}
