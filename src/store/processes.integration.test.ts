import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, statSync } from "node:fs";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { openStore } from "./openStore.ts";
import { isProcessAlive } from "./processToken.ts";

const modules = {
  store: new URL("./openStore.ts", import.meta.url).href,
  testing: new URL("../../test/support/storedNotes.ts", import.meta.url).href,
};

/** A child process that runs `code` with the store's modules at hand, and ends with its scope. */
function runChild(code: string, path: string, options: { readonly uid?: number } = {}) {
  const source = `
    import { openStore } from ${JSON.stringify(modules.store)};
    import * as testing from ${JSON.stringify(modules.testing)};
    const path = ${JSON.stringify(path)};
    ${code}`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", source], {
    stdio: ["ignore", "pipe", "inherit"],
    ...options,
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    nextLine: async () => String((await lines.next()).value),
    [Symbol.dispose]: () => void child.kill("SIGKILL"),
  };
}

const READ_NOTES = `
  const store = await openStore(path);
  for (let i = 0; ; i++) {
    const note = testing.noteOf("note-" + i + ".txt", "Note " + i + ": takes metoprolol. ".repeat(200));
    const { documentId } = store.addDocument(note);
    const runId = store.startRun(documentId, testing.plan);
    const entities = [testing.entityOf(note.text, "e1", "Medication", "metoprolol")];
    store.finishRun(runId, testing.extractionOf(note, entities));
    store.correct(runId, [{ kind: "accept", entity: "e1" }]);
    const going = store.startRun(documentId, testing.plan);
    console.log(JSON.stringify({ documentId, runId, going }));
  }`;

test("killed in the middle of its work, a process leaves all that it reported, and its runs to go on with", async () => {
  using folder = temporaryFolder();
  const path = folder.file("cases.db");
  using reading = runChild(READ_NOTES, path);
  const reported: { documentId: string; runId: number; going: number }[] = [];
  while (reported.length < 25) reported.push(JSON.parse(await reading.nextLine()));
  const living = await openStore(path);
  expect(living.unfinishedRuns()).toEqual([]);
  reading.child.kill("SIGKILL");
  await once(reading.child, "exit");

  const store = await openStore(path);
  for (const { documentId, runId } of reported) {
    expect(store.extraction(runId).document).toEqual(store.getDocument(documentId));
    expect(store.extraction(runId).entities).toMatchObject([{ text: "metoprolol", status: "accepted" }]);
  }
  const unfinished = store.unfinishedRuns().map(({ runId }) => runId);
  expect(unfinished).toEqual(expect.arrayContaining(reported.map(({ going }) => going)));
  store.requeueRun(unfinished[0] ?? 0);
  expect(store.getRun(unfinished[0] ?? 0).state).toBe("queued");
  expect(store.searchNotes("metoprolol", { limit: 1000 }).length).toBe(store.listCases().total);
  store.close();
  living.close();
});

test("a store that another process holds for itself alone is locked until that ends", async () => {
  using folder = temporaryFolder();
  const path = folder.file("cases.db");
  (await openStore(path)).close();
  const connecting = JSON.stringify(new URL("./connect.ts", import.meta.url).href);
  using holder = runChild(
    `const { connect } = await import(${connecting});
     const database = await connect(path);
     database.pragma("locking_mode = EXCLUSIVE");
     database.exec("BEGIN EXCLUSIVE; INSERT INTO settings VALUES ('held', 'true')");
     console.log("held");
     setInterval(() => {}, 1000);`,
    path,
  );
  await holder.nextLine();
  await expect(openStore(path, { busyTimeout: 100 })).rejects.toMatchObject({ code: "NG-STORE-LOCKED" });
  holder.child.kill("SIGKILL");
  await once(holder.child, "exit");
  const store = await openStore(path);
  expect(store.getSetting("held")).toBeUndefined();
  store.close();
});

test("two processes write side by side", async () => {
  using folder = temporaryFolder();
  const path = folder.file("cases.db");
  const write = (who: string) =>
    runChild(
      `const store = await openStore(path);
       for (let i = 0; i < 40; i++) store.addDocument(testing.noteOf(${JSON.stringify(who)} + i, "Well."));
       store.close();`,
      path,
    ).child;
  const codes = await Promise.all(["a", "b"].map((who) => once(write(who), "exit")));
  expect(codes.map(([code]) => code)).toEqual([0, 0]);
  const store = await openStore(path);
  expect(store.listCases().total).toBe(80);
  store.close();
});

test("a folder that may not be written says so, and the store in it is as it was", async (context) => {
  // Root may write everywhere: then another user tries.
  const isRoot = process.getuid?.() === 0;
  if (process.platform === "win32") return context.skip("folders have no such permissions on Windows");
  using folder = temporaryFolder();
  const path = folder.file("cases.db");
  (await openStore(path)).close();
  chmodSync(path, 0o444);
  chmodSync(folder.path, 0o555);
  const { size, mtimeMs } = statSync(path);
  using other = runChild(
    `await openStore(path).catch((error) => console.log(JSON.stringify([error.code, error.params.reason])));`,
    path,
    isRoot ? { uid: 65534 } : {},
  );
  const line = await other.nextLine();
  chmodSync(folder.path, 0o755);
  expect(JSON.parse(line)).toEqual(["NG-STORE", "STORE-UNWRITABLE"]);
  expect(statSync(path)).toMatchObject({ size, mtimeMs });
});

test("a process is told apart from a later one with its number", async () => {
  const child = spawn(process.execPath, ["--eval", "setInterval(() => {}, 1000)"]);
  expect(isProcessAlive(`${child.pid} 0`)).toBe(true);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isProcessAlive(`${child.pid} 0`)).toBe(false);
  expect(isProcessAlive(`${process.pid} 0`)).toBe(false);
});
