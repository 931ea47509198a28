import Sqlite from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { NotegrainError } from "#core/errors.ts";
import { fakeModels } from "../../e2e/support/fakeModels.ts";
import { isIdle, openBackend, statesOf } from "../../test/support/openedBackend.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import type { ModelLibrary } from "./ports.ts";

const pain = "Severe chest pain today.\n";
const long = pain.repeat(60);

/** The fake library, with something of it changed. */
const modelsWith = (change: Partial<ModelLibrary>, delay = 0): ModelLibrary => ({
  ...fakeModels({ delay }),
  ...change,
});

/** Makes the store look as if the process had died while it read. */
function dieReading(path: string): void {
  const database = new Sqlite(path);
  database
    .prepare(
      "UPDATE runs SET state = 'running', process = '2147483646 1' WHERE state IN ('queued', 'running')",
    )
    .run();
  database.close();
}

describe("the queue", () => {
  test("reads notes in the order they came, and tells the time left once it knows the pace", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    const order: string[] = [];
    app.backend.on("queue", ({ items }) => {
      for (const { name, state } of items) if (state === "done" && !order.includes(name)) order.push(name);
    });
    await app.ask("queue.pause", {});
    await app.bring({ "b.txt": pain, "a.txt": `${pain}2`, "c.txt": `${pain}3` });
    expect((await app.ask("queue.get", {})).secondsLeft).toBeNull();
    await app.ask("queue.resume", {});
    const queue = await app.queueWhere(isIdle);
    expect(order).toEqual(["b.txt", "a.txt", "c.txt"]);
    expect(queue.secondsLeft).toBe(0);
    expect((await app.ask("queue.clearFinished", {})).items).toEqual([]);
  });

  test("holds a note once, however often it is asked for", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    await app.ask("queue.pause", {});
    const [fate] = await app.bring({ "a.txt": pain });
    const documentIds = [fate?.documentId ?? ""];
    await app.ask("queue.start", { documentIds });
    expect((await app.ask("queue.start", { documentIds })).items).toHaveLength(1);
  });

  test("does not begin by itself where the person wants that", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    await app.ask("settings.set", { autoRun: false });
    const [fate] = await app.bring({ "a.txt": pain });
    expect((await app.ask("queue.get", {})).items).toEqual([]);
    expect((await app.ask("documents.get", { documentId: fate?.documentId ?? "" })).status).toBe("none");
  });

  test("takes up after a crash what was waiting and what was being read", async () => {
    using folder = temporaryFolder();
    const path = folder.file("cases.db");
    {
      await using app = await openBackend(path);
      await app.ask("queue.pause", {});
      await app.bring({ "a.txt": pain, "b.txt": `${pain}2` });
    }
    dieReading(path);
    await using again = await openBackend(path);
    expect(statesOf(await again.queueWhere(isIdle))).toEqual({ "a.txt": "done", "b.txt": "done" });
  });

  test("takes a long list up in parts, and tells of it only whole", async () => {
    using folder = temporaryFolder();
    const path = folder.file("cases.db");
    const notes = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`${i}.txt`, `${pain}${i}`]));
    {
      await using app = await openBackend(path);
      await app.ask("queue.pause", {});
      await app.bring(notes);
    }
    await using again = await openBackend(path, {
      models: modelsWith({ open: () => new Promise(() => {}) }),
    });
    const asked = again.ask("queue.get", {});
    let turns = 0;
    const count = (): void => {
      turns += 1;
      if (turns < 1000) setImmediate(count);
    };
    setImmediate(count);
    expect((await asked).items.map(({ name }) => name)).toEqual(Object.keys(notes));
    expect(turns).toBeGreaterThanOrEqual(1);
  });

  test("does not let a note that kills the program twice hold up the others", async () => {
    using folder = temporaryFolder();
    const path = folder.file("cases.db");
    {
      await using app = await openBackend(path);
      await app.ask("queue.pause", {});
      await app.bring({ "poison.txt": pain });
    }
    const never = modelsWith({ open: () => new Promise(() => {}) });
    dieReading(path);
    await using second = await openBackend(path, { models: never });
    await second.queueWhere((queue) => statesOf(queue)["poison.txt"] === "running");
    dieReading(path);
    await using third = await openBackend(path);
    const queue = await third.queueWhere(isIdle);
    expect(queue.items[0]).toMatchObject({ state: "failed", error: { code: "NG-BACKEND-LOST" } });
    await third.bring({ "b.txt": `${pain}2` });
    expect(statesOf(await third.queueWhere(isIdle))).toEqual({ "poison.txt": "failed", "b.txt": "done" });
  });

  test("closing in the middle of a note keeps it for the next time", async () => {
    using folder = temporaryFolder();
    const path = folder.file("cases.db");
    {
      await using app = await openBackend(path, { models: fakeModels({ delay: 20 }) });
      await app.bring({ "a.txt": long });
      await app.queueWhere(({ items }) => items.some(({ progress }) => progress > 0));
    }
    await using again = await openBackend(path);
    expect(statesOf(await again.queueWhere(isIdle))).toEqual({ "a.txt": "done" });
  });

  test("two windows over one store read each note once", async () => {
    using folder = temporaryFolder();
    const path = folder.file("cases.db");
    await using first = await openBackend(path, { models: fakeModels({ delay: 10 }) });
    await first.bring({ "a.txt": long, "b.txt": `${pain}2`, "c.txt": `${pain}3` });
    await first.queueWhere(({ items }) => items.some(({ progress }) => progress > 0));
    await using second = await openBackend(path);
    await first.queueWhere(isIdle);
    await second.queueWhere((queue) => queue.items.length === 0 || isIdle(queue));
    const { cases } = await second.ask("cases.list", {
      search: "",
      status: null,
      sort: "title",
      offset: 0,
      limit: 9,
    });
    expect(cases.map(({ status }) => status)).toEqual(["done", "done", "done"]);
    const database = new Sqlite(path, { readonly: true });
    expect(database.prepare("SELECT state, count(*) AS n FROM runs GROUP BY state").all()).toEqual([
      { state: "done", n: 3 },
    ]);
    database.close();
  });

  test("a case can be deleted while its note is read", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"), { models: fakeModels({ delay: 20 }) });
    const [fate] = await app.bring({ "a.txt": long, "b.txt": pain });
    await app.queueWhere(({ items }) => items.some(({ progress }) => progress > 0));
    await app.ask("cases.delete", { caseId: fate?.caseId ?? "" });
    expect(statesOf(await app.queueWhere(isIdle))).toEqual({ "b.txt": "done" });
  });
});

describe("what goes wrong", () => {
  test("without a model the notes are kept, the queue says why, and a retry works once there is one", async () => {
    using folder = temporaryFolder();
    let installed: Awaited<ReturnType<ModelLibrary["list"]>> = [];
    const models = modelsWith({ list: async () => installed });
    await using app = await openBackend(folder.file("cases.db"), { models });
    const [fate] = await app.bring({ "a.txt": pain });
    expect(fate).toMatchObject({ outcome: "added", error: null });
    expect((await app.ask("queue.get", {})).items).toMatchObject([
      { state: "failed", error: { code: "NG-MODEL-MISSING" } },
    ]);
    installed = await fakeModels().list();
    await app.ask("queue.retry", { documentId: fate?.documentId ?? "" });
    expect(statesOf(await app.queueWhere(isIdle))).toEqual({ "a.txt": "done" });
  });

  test("a model that is deleted in use stops the queue instead of failing every note", async () => {
    using folder = temporaryFolder();
    let isThere = false;
    const models = modelsWith({
      open: async (use) => {
        if (!isThere) throw new NotegrainError("NG-MODEL-MISSING", { name: "gone.gguf" });
        return fakeModels().open(use);
      },
    });
    await using app = await openBackend(folder.file("cases.db"), { models });
    const [first] = await app.bring({ "a.txt": pain, "b.txt": `${pain}2` });
    const stopped = await app.queueWhere(({ paused }) => paused);
    expect(statesOf(stopped)).toEqual({ "a.txt": "failed", "b.txt": "queued" });
    expect(stopped.items[0]?.error).toEqual({ code: "NG-MODEL-MISSING", params: { name: "gone.gguf" } });
    isThere = true;
    await app.ask("queue.retry", { documentId: first?.documentId ?? "" });
    await app.ask("queue.resume", {});
    expect(statesOf(await app.queueWhere(isIdle))).toEqual({ "b.txt": "done", "a.txt": "done" });
  });

  test("a note that cannot be read fails alone, and its error is kept with it", async () => {
    using folder = temporaryFolder();
    let calls = 0;
    const models = modelsWith({
      open: async (use) => {
        const port = await fakeModels().open(use);
        return {
          ...port,
          openSequence: () => {
            if (++calls > 1) return port.openSequence();
            throw new NotegrainError("NG-CONTEXT", { needed: 9, available: 8 });
          },
        };
      },
    });
    await using app = await openBackend(folder.file("cases.db"), { models });
    const [first] = await app.bring({ "a.txt": pain, "b.txt": `${pain}2` });
    expect(statesOf(await app.queueWhere(isIdle))).toEqual({ "a.txt": "failed", "b.txt": "done" });
    const kept = await app.ask("documents.get", { documentId: first?.documentId ?? "" });
    expect(kept).toMatchObject({ status: "failed", text: pain, error: { code: "NG-CONTEXT" } });
  });

  test("an error of the program never carries the words of a note", async () => {
    using folder = temporaryFolder();
    const models = modelsWith({
      open: async () => {
        throw new TypeError(`cannot read "${pain}"`);
      },
    });
    await using app = await openBackend(folder.file("cases.db"), { models });
    await app.bring({ "a.txt": pain });
    const queue = await app.queueWhere(isIdle);
    expect(queue.items[0]?.error).toEqual({ code: "NG-INTERNAL", params: { reason: "TypeError" } });
  });
});
