import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { givenFiles, readGivenNotes } from "./givenFiles.ts";
import { type Dialogs, shellPort } from "./shellPort.ts";

const dialogsWith = (change: Partial<Dialogs>): Dialogs => ({
  openPaths: async () => null,
  savePath: async () => null,
  saveFolder: async () => null,
  drag: () => {},
  dragFolder: async () => "",
  ...change,
});
const file = (name: string) => ({ name, mediaType: "text/plain", content: `content of ${name}` });

describe("saving", () => {
  test("one file goes where the person says", async () => {
    using folder = temporaryFolder();
    const asked: string[] = [];
    const shell = shellPort(
      "electron",
      dialogsWith({
        savePath: async (name) => {
          asked.push(name);
          return folder.file("other.json");
        },
      }),
      [],
    );
    expect(await shell.saveFiles([file("a.json")])).toBe(true);
    expect(asked).toEqual(["a.json"]);
    expect(readFileSync(folder.file("other.json"), "utf8")).toBe("content of a.json");
  });

  test("several files go into a folder", async () => {
    using folder = temporaryFolder();
    const shell = shellPort("electron", dialogsWith({ saveFolder: async () => folder.path }), []);
    expect(await shell.saveFiles([file("a.ann"), file("a.txt")])).toBe(true);
    expect(readdirSync(folder.path).sort()).toEqual(["a.ann", "a.txt"]);
  });

  test("called off, nothing is written and nothing is claimed", async () => {
    const shell = shellPort("electron", dialogsWith({}), []);
    expect(await shell.saveFiles([file("a.json")])).toBeNull();
    expect(await shell.saveFiles([file("a.ann"), file("a.txt")])).toBeNull();
    expect(await shell.saveFiles([])).toBeNull();
  });

  test("a disk that refuses is told by the file's name, and leaves nothing half-written", async () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file("in-the-way"), "");
    const shell = shellPort(
      "electron",
      dialogsWith({ savePath: async () => folder.file("in-the-way/a.json") }),
      [],
    );
    await expect(shell.saveFiles([file("a.json")])).rejects.toMatchObject({
      code: "NG-WRITE",
      params: { name: "a.json" },
    });
    expect(readdirSync(folder.path)).toEqual(["in-the-way"]);
  });

  test("files are dragged out of a folder that they were written to", async () => {
    using folder = temporaryFolder();
    const dragged: (readonly string[])[] = [];
    const dialogs = dialogsWith({
      dragFolder: async () => folder.path,
      drag: (paths) => dragged.push(paths),
    });
    expect(await shellPort("electron", dialogs, []).dragFiles([file("a.csv")])).toBe(true);
    expect(dragged).toEqual([[folder.file("a.csv")]]);
    expect(readFileSync(folder.file("a.csv"), "utf8")).toBe("content of a.csv");
  });

  test("without dialogs the page saves, and nothing can be dragged out or chosen", async () => {
    const shell = shellPort("web", undefined, []);
    expect(await shell.saveFiles([file("a.json")])).toBe(false);
    expect(await shell.dragFiles([file("a.json")])).toBe(false);
    expect(await shell.chooseNotes(true)).toBeNull();
    expect(await shell.chooseModel()).toBeNull();
  });
});

describe("files that were chosen", () => {
  test("are read when their turn comes, folders with all that lies in them", async () => {
    using folder = temporaryFolder();
    mkdirSync(folder.file("ward/deep"), { recursive: true });
    writeFileSync(folder.file("ward/deep/a.txt"), "A");
    writeFileSync(folder.file("ward/scan.png"), "P");
    writeFileSync(folder.file("single.dat"), "S");
    const files = await givenFiles([folder.file("ward"), folder.file("single.dat")], [".txt"]);
    expect(files.map(({ name, size }) => [name, size])).toEqual([
      ["ward/deep/a.txt", 1],
      ["ward/scan.png", 0],
      ["single.dat", 1],
    ]);
    expect(Buffer.from((await files[0]?.read()) ?? []).toString()).toBe("A");
  });

  test("one that has gone says so, by its name alone, when it is read", async () => {
    using folder = temporaryFolder();
    const [gone] = await givenFiles([folder.file("gone.txt")], [".txt"]);
    const refusal = await gone?.read().catch((error) => error);
    expect(refusal).toMatchObject({
      code: "NG-READ",
      params: { name: "gone.txt", reason: "ENOENT" },
    });
    expect(await readGivenNotes([folder.file("gone.txt")])).toEqual([]);
  });
});
