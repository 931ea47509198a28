import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { childEnvironment, nodeChild } from "../../src/host/childLine.ts";
import { createRemoteBackend } from "../../src/host/remoteBackend.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

// What a backend in a process of its own adds to the contract: its start may fail, and its dialogs are the parent's.

const open = nodeChild(join(import.meta.dirname, "backendChild.ts"));

test("a child that cannot open its store says why, each time it is asked", async () => {
  using folder = temporaryFolder();
  writeFileSync(
    folder.file("cases.db"),
    "no database, but long enough to be told apart from one. ".repeat(40),
  );
  const backend = createRemoteBackend({ open, storePath: folder.file("cases.db") });
  for (let time = 0; time < 2; time++) {
    expect(await backend.handle("about.get", {})).toEqual({
      ok: false,
      error: { code: "NG-STORE-DAMAGED", params: { name: "cases.db" } },
    });
  }
  await backend.close();
});

test("a child saves where the parent's dialog says", async () => {
  using folder = temporaryFolder();
  const dialogs = {
    openPaths: async () => null,
    savePath: async (name: string) => folder.file(name),
    saveFolder: async () => null,
    drag: () => {},
    dragFolder: async () => folder.path,
  };
  const backend = createRemoteBackend({ open, storePath: folder.file("cases.db"), dialogs });
  const finished = new Promise<void>((resolve) => {
    backend.on("queue", ({ items }) => items[0]?.state === "done" && resolve());
  });
  const files = [{ name: "a.txt", bytes: new TextEncoder().encode("Cough today.") }];
  const imported = await backend.handle("notes.import", { files, caseId: null });
  await finished;
  const [{ documentId }] = (imported as unknown as { value: [{ documentId: string }] }).value;
  const request = { documentIds: [documentId], format: "csv", filter: {}, withText: false };
  expect(await backend.handle("export.save", request)).toMatchObject({ ok: true, value: { saved: true } });
  expect(readFileSync(folder.file("a.csv"), "utf8")).toContain("Cough");
  expect(await backend.handle("about.get", {})).toMatchObject({ value: { shell: "electron" } });
  await backend.close();
});

test("what would change how Node runs does not reach the child", () => {
  const env = { PATH: "/bin", NODE_OPTIONS: "--inspect", ELECTRON_RUN_AS_NODE: "1", NOTEGRAIN_DATA: "/d" };
  expect(childEnvironment(env)).toEqual({ PATH: "/bin", NOTEGRAIN_DATA: "/d" });
});
