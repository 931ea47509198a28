import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { type WalkEntry, walkFolder } from "./walk.ts";

const EXTENSIONS = [".txt", ".md"];

function lay(folder: ReturnType<typeof temporaryFolder>, ...files: string[]): void {
  for (const file of files) {
    mkdirSync(dirname(folder.file(file)), { recursive: true });
    writeFileSync(folder.file(file), "Well.");
  }
}

/** Each entry as "kind relative". */
async function walked(root: string): Promise<string[]> {
  const entries: WalkEntry[] = [];
  for await (const entry of walkFolder(root, EXTENSIONS)) entries.push(entry);
  return entries.map(
    (entry) => `${entry.kind} ${entry.relative}${"reason" in entry ? `: ${entry.reason}` : ""}`,
  );
}

test("notes come sorted, subfolders at their place, and other kinds are named as skipped", async () => {
  using folder = temporaryFolder();
  lay(folder, "b.txt", "a/z.MD", "a/2.txt", "a/10.txt", "c.dcm", "B.txt", "noextension", "胸/痛.txt");
  expect(await walked(folder.path)).toEqual([
    "file B.txt",
    "file a/10.txt",
    "file a/2.txt",
    "file a/z.MD",
    "file b.txt",
    "skipped c.dcm",
    "skipped noextension",
    "file 胸/痛.txt",
  ]);
});

test("hidden files and folders are passed over, the root's own name aside", async () => {
  using folder = temporaryFolder();
  lay(folder, ".hidden/a.txt", ".hidden/.b.txt", ".DS_Store");
  expect(await walked(folder.path)).toEqual([]);
  expect(await walked(folder.file(".hidden"))).toEqual(["file a.txt"]);
});

test("links are followed, and a loop of them ends", async () => {
  using folder = temporaryFolder();
  lay(folder, "real/a.txt");
  symlinkSync(folder.file("real/a.txt"), folder.file("link.txt"));
  symlinkSync(folder.path, folder.file("real/up"));
  symlinkSync(folder.file("real"), folder.file("z-again"));
  expect(await walked(folder.path)).toEqual(["file link.txt", "file real/a.txt"]);
});

test("links that lead nowhere are named with the reason", async () => {
  using folder = temporaryFolder();
  symlinkSync(folder.file("gone"), folder.file("a.txt"));
  symlinkSync(folder.file("b.txt"), folder.file("b.txt"));
  lay(folder, "c.txt");
  expect(await walked(folder.path)).toEqual([
    "unreadable a.txt: ENOENT",
    "unreadable b.txt: ELOOP",
    "file c.txt",
  ]);
});

test("a root that is not there is the one entry", async () => {
  using folder = temporaryFolder();
  expect(await walked(folder.file("none"))).toEqual(["unreadable .: ENOENT"]);
});

test("a folder is looked at only when the walk comes to it", async () => {
  using folder = temporaryFolder();
  lay(folder, "a/1.txt", "b/1.txt");
  const walk = walkFolder(folder.path, EXTENSIONS);
  expect((await walk.next()).value).toMatchObject({ relative: "a/1.txt" });
  lay(folder, "b/2.txt");
  expect((await walk.next()).value).toMatchObject({ relative: "b/1.txt" });
  expect((await walk.next()).value).toMatchObject({ relative: "b/2.txt" });
});
