import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { modelReceiver } from "./receiveModel.ts";

const bytes = Buffer.from("GGUF and what follows it");
const part = (offset: number, end: number, name = "sent.gguf") => ({
  uploadId: "u-1",
  name,
  totalBytes: bytes.length,
  offset,
  bytes: bytes.subarray(offset, end),
});

let folder: ReturnType<typeof temporaryFolder>;
let receive: ReturnType<typeof modelReceiver>;
beforeEach(() => {
  folder = temporaryFolder();
  receive = modelReceiver(folder.file("models"));
});
afterEach(() => folder[Symbol.dispose]());

test("parts are put together, and the file has its name when it is whole", async () => {
  expect(await receive(part(0, 10))).toBeNull();
  expect(readdirSync(folder.file("models"))).toEqual([".u-1.part"]);
  const path = (await receive(part(10, bytes.length))) ?? "";
  expect(readFileSync(path).equals(bytes)).toBe(true);
  expect(readdirSync(folder.file("models"))).toEqual(["sent.gguf"]);
});

test.each(["../../evil.gguf", "/etc/evil.gguf", "..\\evil.gguf", "évil name.GGUF"])(
  "it stays in that folder, whatever it calls itself: %s",
  async (name) => {
    await receive(part(0, bytes.length, name));
    const [only = "", ...others] = readdirSync(folder.file("models"));
    expect([only, others]).toEqual([expect.stringMatching(/^[\w.-]+\.gguf$/), []]);
    expect(readdirSync(folder.path)).toEqual(["models"]);
  },
);

test("an id that is a path is refused", async () => {
  await expect(receive({ ...part(0, 10), uploadId: "../x" })).rejects.toMatchObject({ code: "NG-REQUEST" });
});

test("nothing is left where the disk refuses it", async () => {
  writeFileSync(folder.file("models"), "in the way");
  await expect(receive(part(0, 10))).rejects.toMatchObject({
    code: "NG-WRITE",
    params: { name: "sent.gguf" },
  });
});
