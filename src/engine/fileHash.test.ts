import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fileSha256 } from "./fileHash.ts";

const folder = mkdtempSync(join(tmpdir(), "notegrain-hash-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the hash is that of the bytes, and anew when the file has changed", async () => {
  const path = join(folder, "a");
  writeFileSync(path, "abc");
  const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  expect(await fileSha256(path)).toBe(abc);
  expect(await fileSha256(path)).toBe(abc);
  writeFileSync(path, "");
  expect(await fileSha256(path)).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});
