import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";

const url = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);

/** Runs `code` as somebody whom permissions hold back (root may do everything) and answers with its output as JSON. */
function run(code: string, shell = ""): unknown {
  const source = `
    import { makeNoteReader } from ${url("./noteReader.ts")};
    import { readNoteFile } from ${url("./readNoteFile.ts")};
    import { walkFolder } from ${url("./walk.ts")};
    import { writeWhole } from ${url("./writeWhole.ts")};
    const failure = (work) => work.then(() => "done", ({ code, params }) => [code, params.name, params.reason]);
    ${code}`;
  const { stdout } = spawnSync(
    "sh",
    ["-c", `${shell} exec "$0" "$@"`, process.execPath, "--input-type=module", "--eval", source],
    {
      encoding: "utf8",
      ...(process.getuid?.() === 0 ? { uid: 65534 } : {}),
    },
  );
  return JSON.parse(stdout);
}

const unlessWindows = test.skipIf(process.platform === "win32");

unlessWindows("what may not be read or written is named, and the walk goes on", () => {
  using folder = temporaryFolder();
  mkdirSync(folder.file("closed"));
  writeFileSync(folder.file("closed/a.txt"), "Well.");
  writeFileSync(folder.file("secret.txt"), "Well.");
  chmodSync(folder.path, 0o755);
  chmodSync(folder.file("closed"), 0);
  chmodSync(folder.file("secret.txt"), 0);
  const path = (name: string) => JSON.stringify(folder.file(name));
  const result = run(`
    const entries = [];
    for await (const { kind, relative, reason } of walkFolder(${path(".")}, [".txt"])) entries.push([kind, relative, reason ?? null]);
    const read = await failure(readNoteFile(makeNoteReader(), ${path("secret.txt")}));
    const write = await failure(writeWhole(${path("new.json")}, "{}"));
    console.log(JSON.stringify({ entries, read, write }));`);
  expect(result).toEqual({
    entries: [
      ["unreadable", "closed", "EACCES"],
      ["file", "secret.txt", null],
    ],
    read: ["NG-READ", "secret.txt", "EACCES"],
    write: ["NG-WRITE", "new.json", "EACCES"],
  });
  expect(readdirSync(folder.path).sort()).toEqual(["closed", "secret.txt"]);
});

unlessWindows("a disk that takes only a part of a file keeps the old one and no leavings", () => {
  using folder = temporaryFolder();
  chmodSync(folder.path, 0o777);
  writeFileSync(folder.file("one.json"), "old");
  chmodSync(folder.file("one.json"), 0o666);
  const path = JSON.stringify(folder.file("one.json"));
  // No file may grow beyond 64 blocks: the write fails in its middle, as on a full disk.
  const result = run(
    `console.log(JSON.stringify(await failure(writeWhole(${path}, "x".repeat(5_000_000)))));`,
    "ulimit -f 64;",
  );
  expect(result).toEqual(["NG-WRITE", "one.json", "EFBIG"]);
  expect(readFileSync(folder.file("one.json"), "utf8")).toBe("old");
  expect(readdirSync(folder.path)).toEqual(["one.json"]);
});
