import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";

const known = new Map<string, Promise<string>>();

/** SHA-256 (hex) of a file, worked out once as long as its size and time of change stay the same. */
export async function fileSha256(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  const key = `${path}\n${size}\n${mtimeMs}`;
  const hash = known.get(key) ?? hashFile(path);
  known.set(key, hash);
  return hash;
}

/** SHA-256 (hex) of a file as it is now. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}
