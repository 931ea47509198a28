import { describe, expect, test } from "vitest";
import { fakeModels } from "../../e2e/support/fakeModels.ts";
import { isIdle, openBackend } from "../../test/support/openedBackend.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import type { ModelLibrary, ModelUse } from "./ports.ts";

const everyCase = { search: "", status: null, sort: "updated", offset: 0, limit: 10 } as const;

/** Two models and an adapter for both, one for a third that has gone, and a record of what was loaded and let go. */
async function library() {
  const [fake] = await fakeModels().list();
  if (!fake) throw new Error("the fake library is empty");
  const named = (
    id: string,
    kind: "model" | "adapter",
    { present = true, fits = [] as readonly string[] } = {},
  ) => ({
    ...fake,
    id,
    present,
    fits,
    report: { ...fake.report, kind, name: id, sha256: id.repeat(64).slice(0, 64) },
  });
  const opened: ModelUse[] = [];
  let disposed = 0;
  const models: ModelLibrary = {
    ...fakeModels(),
    list: async () => [
      named("a", "model"),
      named("b", "model"),
      named("l", "adapter", { fits: ["a", "b"] }),
      named("m", "adapter", { fits: ["a"] }),
      named("n", "adapter"),
      named("x", "model", { present: false }),
    ],
    open: async (use) => {
      opened.push(use);
      const port = await fakeModels().open(use);
      return { ...port, dispose: async () => void disposed++ };
    },
  };
  return { models, opened, disposed: () => disposed };
}

describe("the model for new runs", () => {
  test("is the first one until another is chosen, and the choice is kept and told", async () => {
    using folder = temporaryFolder();
    const { models } = await library();
    await using app = await openBackend(folder.file("cases.db"), { models });
    expect((await app.ask("models.list", {})).chosen).toEqual({
      modelId: "a",
      adapterId: null,
      paradigm: "tuned",
    });
    const told = app.next("models");
    const chosen = { modelId: "b", adapterId: "l", paradigm: "tuned" } as const;
    expect((await app.ask("models.choose", chosen)).chosen).toEqual(chosen);
    expect(await told).toEqual({});
    expect((await app.ask("models.list", {})).chosen).toEqual(chosen);
  });

  test("can be taken back to what it was before", async () => {
    using folder = temporaryFolder();
    const { models } = await library();
    await using app = await openBackend(folder.file("cases.db"), { models });
    const first = await app.ask("models.list", {});
    expect(first.earlier).toBeNull();
    const better = { modelId: "b", adapterId: "l", paradigm: "tuned" } as const;
    expect((await app.ask("models.choose", better)).earlier).toEqual(first.chosen);
    const again = await app.ask("models.choose", { ...better, selectorId: null });
    expect(again.earlier).toEqual(first.chosen);
    const back = await app.ask("models.choose", { ...first.chosen });
    expect(back).toMatchObject({ chosen: first.chosen, earlier: better });
  });

  test.each([
    ["one that is not there", { modelId: "z", adapterId: null }],
    ["one whose file has gone", { modelId: "x", adapterId: null }],
    ["an adapter in its place", { modelId: "l", adapterId: null }],
    ["a model as an adapter", { modelId: "a", adapterId: "b" }],
  ])("is never %s", async (_, choice) => {
    using folder = temporaryFolder();
    const { models } = await library();
    await using app = await openBackend(folder.file("cases.db"), { models });
    await expect(app.ask("models.choose", { ...choice, paradigm: "tuned" })).rejects.toThrow(
      "NG-MODEL-MISSING",
    );
  });

  test.each([
    ["an adapter", { adapterId: "m", selectorId: null }, { reason: "ADAPTER-OTHER-WEIGHTS", base: "a" }],
    ["a selector", { adapterId: null, selectorId: "m" }, { reason: "ADAPTER-OTHER-WEIGHTS", base: "a" }],
    [
      "an adapter whose model is not here",
      { adapterId: "n", selectorId: null },
      { reason: "ADAPTER-MODEL-GONE" },
    ],
  ])("never has %s that does not fit it", async (_, beside, reason) => {
    using folder = temporaryFolder();
    const { models } = await library();
    await using app = await openBackend(folder.file("cases.db"), { models });
    const chosen = { modelId: "b", ...beside, paradigm: "tuned" } as const;
    expect(await app.backend.handle("models.choose", chosen)).toEqual({
      ok: false,
      error: {
        code: "NG-ADAPTER-BASE",
        params: { name: chosen.selectorId ?? chosen.adapterId, ...reason },
      },
    });
    expect((await app.ask("models.list", {})).chosen.modelId).toBe("a");
  });

  test.each([
    [
      "the model stays without it",
      { modelId: "b", adapterId: "l", selectorId: "s" },
      "l",
      { adapterId: null },
    ],
    [
      "nothing takes a second look",
      { modelId: "b", adapterId: "l", selectorId: "s" },
      "s",
      { selectorId: null },
    ],
    [
      "a stock model reads by definitions",
      { modelId: "stock", adapterId: "l" },
      "l",
      { adapterId: null, paradigm: "zero" },
    ],
  ])("loses what is removed from beside it: %s", async (_, wanted, removed, then) => {
    using folder = temporaryFolder();
    const { models } = await library();
    const [a, ...others] = await models.list();
    if (!a) throw new Error("the library is empty");
    const stock = { ...a, id: "stock", report: { ...a.report, grounded: false } };
    const lora = { ...a, fits: ["b", "stock"], report: { ...a.report, kind: "adapter" as const } };
    let list = [a, others[0] ?? a, stock, { ...lora, id: "l" }, { ...lora, id: "s" }];
    const before = list;
    const shrinking: ModelLibrary = {
      ...models,
      list: async () => list,
      remove: async (id) => {
        list = list.filter((one) => one.id !== id);
      },
    };
    await using app = await openBackend(folder.file("cases.db"), { models: shrinking });
    const first = (await app.ask("models.list", {})).chosen;
    const chosen = { ...wanted, paradigm: "tuned" } as const;
    await app.ask("models.choose", chosen);
    const after = { chosen: { ...chosen, ...then }, earlier: first };
    expect(await app.ask("models.remove", { modelId: removed })).toMatchObject(after);
    // Added again, it is not chosen again.
    list = before;
    expect(await app.ask("models.list", {})).toMatchObject(after);
  });

  test("is loaded once for many notes, and makes way for the next one", async () => {
    using folder = temporaryFolder();
    const { models, opened, disposed } = await library();
    await using app = await openBackend(folder.file("cases.db"), { models });
    await app.bring({ "a.txt": "Cough.", "b.txt": "Fever." });
    await app.queueWhere(isIdle);
    expect([opened.length, disposed()]).toEqual([1, 0]);
    await app.ask("models.choose", { modelId: "b", adapterId: "l", paradigm: "tuned" });
    await app.ask("settings.set", { threads: 3, gpuLayers: 0 });
    await app.bring({ "c.txt": "Nausea." });
    await app.queueWhere((queue) => queue.items.length === 3 && isIdle(queue));
    expect([opened[1], disposed()]).toEqual([{ modelId: "b", adapterId: "l", threads: 3, gpuLayers: 0 }, 1]);
  });

  test("is opened with its selector too, on the same weights, and both make way together", async () => {
    using folder = temporaryFolder();
    const { models, opened, disposed } = await library();
    const judged: ModelLibrary = {
      ...models,
      async open(use) {
        const port = await models.open(use);
        if (use.adapterId !== "l") return port;
        const selector = await fakeModels({ withSelector: true }).open({ ...use, adapterId: "selector" });
        const facts = { ...selector.facts, adapterSha256: "l".repeat(64) };
        return { ...selector, facts, dispose: port.dispose };
      },
    };
    await using app = await openBackend(folder.file("cases.db"), { models: judged });
    const withSelector = { modelId: "a", adapterId: null, selectorId: "l", paradigm: "tuned" } as const;
    expect((await app.ask("models.choose", withSelector)).chosen).toEqual(withSelector);
    await app.bring({ "a.txt": "Severe cough.", "b.txt": "Fever." });
    await app.queueWhere(isIdle);
    const on = { modelId: "a", threads: 0, gpuLayers: -1 };
    expect(opened).toEqual([
      { ...on, adapterId: null },
      { ...on, adapterId: "l" },
    ]);

    const { cases } = await app.ask("cases.list", everyCase);
    const [first] = cases.filter(({ title }) => title.startsWith("a"));
    const { documents } = await app.ask("cases.get", { caseId: first?.id ?? "" });
    const { entities, run } = await app.ask("documents.get", { documentId: documents[0]?.id ?? "" });
    expect(run?.info.selector).toEqual({ sha256: "l".repeat(64), threshold: 0.5, below: null });
    expect(entities.find(({ type }) => type === "Severity")?.selector).toEqual({
      probability: 0.1,
      kept: false,
    });
    // What a selector dropped is no finding of the case.
    expect(first?.entities).toBe(entities.length - 1);

    await app.ask("models.choose", { modelId: "b", adapterId: null, paradigm: "tuned" });
    await app.bring({ "c.txt": "Nausea." });
    await app.queueWhere((queue) => queue.items.length === 3 && isIdle(queue));
    expect([opened.length, disposed()]).toEqual([3, 2]);
    await expect(app.ask("models.choose", { ...withSelector, selectorId: "z" })).rejects.toThrow(
      "NG-MODEL-MISSING",
    );
  });

  test("is added after a look at it, and by nothing else", async () => {
    using folder = temporaryFolder();
    const { models } = await library();
    const added: string[] = [];
    const watched = { ...models, add: async (path: string) => void added.push(path) };
    await using app = await openBackend(folder.file("cases.db"), { models: watched });
    await expect(app.ask("models.add", { sha256: "f".repeat(64) })).rejects.toThrow("NG-NOT-FOUND");
    const part = { uploadId: "u", name: "m.gguf", totalBytes: 4 };
    expect(await app.ask("models.upload", { ...part, offset: 0, bytes: new Uint8Array(2) })).toBeNull();
    const report = await app.ask("models.upload", { ...part, offset: 2, bytes: new Uint8Array(2) });
    await app.ask("models.add", { sha256: report?.sha256 ?? "" });
    expect(added).toEqual(["fake.gguf"]);
    expect(await app.ask("models.checkByDialog", {})).toBeNull();
  });
});
