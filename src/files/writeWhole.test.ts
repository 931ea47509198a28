import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { writeWhole } from "./writeWhole.ts";

test("text and bytes are written, folders on the way made, and nothing else is left", async () => {
  using folder = temporaryFolder();
  await writeWhole(folder.file("a/b/one.json"), '{"胸痛": "🫀"}\r\n');
  await writeWhole(folder.file("a/b/two.bin"), Uint8Array.of(0, 255));
  expect(readFileSync(folder.file("a/b/one.json"), "utf8")).toBe('{"胸痛": "🫀"}\r\n');
  expect([...readFileSync(folder.file("a/b/two.bin"))]).toEqual([0, 255]);
  expect(readdirSync(folder.file("a/b")).sort()).toEqual(["one.json", "two.bin"]);
});

test("an older file gives way as a whole", async () => {
  using folder = temporaryFolder();
  await writeWhole(folder.file("one.json"), "a long older content");
  await writeWhole(folder.file("one.json"), "new");
  expect(readFileSync(folder.file("one.json"), "utf8")).toBe("new");
  expect(readdirSync(folder.path)).toEqual(["one.json"]);
});

test("the longest name that the disk takes is no hindrance", async () => {
  using folder = temporaryFolder();
  const name = `${"x".repeat(250)}.json`;
  await writeWhole(folder.file(name), "{}");
  expect(readdirSync(folder.path)).toEqual([name]);
});

test.each([
  ["taken", "EISDIR"],
  ["file.txt/one.json", expect.stringMatching("EEXIST|ENOTDIR")],
  [`${"x".repeat(300)}.json`, "ENAMETOOLONG"],
])("%s cannot be written: %s; the rest stays as it was", async (name, reason) => {
  using folder = temporaryFolder();
  mkdirSync(folder.file("taken"));
  writeFileSync(folder.file("file.txt"), "Well.");
  await expect(writeWhole(folder.file(name), "{}")).rejects.toMatchObject({
    code: "NG-WRITE",
    params: { name: name.split("/").at(-1), reason },
  });
  expect(readdirSync(folder.path).sort()).toEqual(["file.txt", "taken"]);
  expect(readFileSync(folder.file("file.txt"), "utf8")).toBe("Well.");
});
