import { createReadStream, truncateSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { MAX_BYTES, makeNoteReader } from "./noteReader.ts";
import { readNoteFile, readNoteStream } from "./readNoteFile.ts";

const reader = makeNoteReader();

test("a file is read under its name, without the folders before it", async () => {
  using folder = temporaryFolder();
  writeFileSync(folder.file("adm-17.txt"), "Chest pain.");
  const note = await readNoteFile(reader, folder.file("adm-17.txt"));
  expect(note).toEqual(reader.read(Buffer.from("Chest pain."), "adm-17.txt"));
});

test("the encoding reaches the reader", async () => {
  using folder = temporaryFolder();
  writeFileSync(folder.file("a.txt"), Uint8Array.of(0xd0, 0xd8, 0xcd, 0xb4));
  expect((await readNoteFile(reader, folder.file("a.txt"), { encoding: "gb18030" })).text).toBe("胸痛");
  const stream = createReadStream(folder.file("a.txt"));
  expect((await readNoteStream(reader, stream, "stdin", { encoding: "gb18030" })).text).toBe("胸痛");
});

test.each([
  ["none.txt", "ENOENT"],
  [".", "EISDIR"],
  [`${"x".repeat(300)}.txt`, "ENAMETOOLONG"],
])("%s cannot be read: %s", async (name, reason) => {
  using folder = temporaryFolder();
  await expect(readNoteFile(reader, folder.file(name))).rejects.toMatchObject({
    code: "NG-READ",
    params: { reason },
  });
});

test("no path stands in an error", async () => {
  using folder = temporaryFolder();
  const error = await readNoteFile(reader, folder.file("none.txt")).catch((thrown: Error) => thrown);
  expect(String(error)).toContain("none.txt");
  expect(String(error)).not.toContain(folder.path);
});

test("a file beyond the limit is refused by its size", async () => {
  using folder = temporaryFolder();
  writeFileSync(folder.file("long.txt"), "x");
  truncateSync(folder.file("long.txt"), MAX_BYTES + 1);
  await expect(readNoteFile(reader, folder.file("long.txt"))).rejects.toMatchObject({ code: "NG-TOO-LARGE" });
});

test("a stream is put together from its parts, wherever they were cut", async () => {
  const parts = Readable.from([...Buffer.from("胸痛🫀")].map((byte) => Uint8Array.of(byte)));
  expect((await readNoteStream(reader, parts, "stdin")).text).toBe("胸痛🫀");
});

test("a stream without end is left at the limit", async () => {
  let given = 0;
  async function* endless() {
    const part = new Uint8Array(50_000_000).fill(0x41);
    for (; given < 20; given++) yield part;
  }
  await expect(readNoteStream(reader, endless(), "stdin")).rejects.toMatchObject({ code: "NG-TOO-LARGE" });
  expect(given).toBeLessThan(6);
});

test("a stream that breaks is a file that could not be read", async () => {
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from("Chest ");
      throw Object.assign(new Error("read"), { code: "EIO" });
    })(),
  );
  await expect(readNoteStream(reader, broken, "stdin")).rejects.toMatchObject({
    code: "NG-READ",
    params: { name: "stdin", reason: "EIO" },
  });
});
