import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ModelLibrary } from "#app/ports.ts";
import type { StorePort } from "#core/storePort.ts";
import { openStore } from "#store/openStore.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { type TinyMetadata, tinyGguf } from "../../test/support/tinyGguf.ts";
import { openModelLibrary } from "./modelLibrary.ts";

// The measurement loads the engine; what it would find is told here.
vi.mock("../engine/probe.ts", () => ({ secondsPerNote: async () => 1.5, changesOutput: async () => true }));

/** A model that has the header of one and too little inside to be loaded. */
const modelNamed = (name: string, more: TinyMetadata = {}, width = 8) =>
  tinyGguf(
    {
      ...more,
      "general.architecture": "llama",
      "general.name": name,
      "llama.block_count": 1,
      "llama.embedding_length": width,
      "llama.attention.head_count": 2,
      "llama.feed_forward_length": 16,
      "llama.context_length": 64,
    },
    [
      { name: "token_embd.weight", dimensions: [width, 50] },
      { name: "blk.0.attn_q.weight", dimensions: [width, width] },
    ],
  );
const adapter = tinyGguf(
  {
    "general.architecture": "llama",
    "general.type": "adapter",
    "adapter.type": "lora",
    "adapter.lora.alpha": 2.5,
  },
  [
    { name: "blk.0.attn_q.weight.lora_a", dimensions: [8, 2] },
    { name: "blk.0.attn_q.weight.lora_b", dimensions: [2, 8] },
  ],
);

let folder: ReturnType<typeof temporaryFolder>;
let store: StorePort;
let library: ModelLibrary;

beforeEach(async () => {
  folder = temporaryFolder();
  mkdirSync(folder.file("program/models"), { recursive: true });
  vi.stubEnv("NOTEGRAIN_PROGRAM", folder.file("program"));
  store = await openStore(folder.file("cases.db"));
  library = openModelLibrary(store, folder.file("data"));
});

afterEach(() => {
  store.close();
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

const put = (name: string, bytes: Buffer): string => {
  const path = folder.file(name);
  writeFileSync(path, bytes);
  return path;
};
const namesOf = async () =>
  (await library.list()).map(({ report, bundled, present }) => [report.name, bundled, present]);

describe("the list", () => {
  test("is empty where there is no model", async () => {
    expect(await library.list()).toEqual([]);
  });

  test("has the compact model first, and leaves a damaged one out", async () => {
    put("program/models/another.gguf", modelNamed("Another"));
    put("program/models/notegrain-compact.gguf", modelNamed("Compact"));
    put("program/models/broken.gguf", Buffer.from("GGUF, but no more"));
    put("program/models/card.md", Buffer.from("a card"));
    expect(await namesOf()).toEqual([
      ["Compact", true, true],
      ["Another", true, true],
    ]);
  });

  test("knows a model by its header at once, and the time that it takes a little later", async () => {
    put("program/models/notegrain-compact.gguf", modelNamed("Compact"));
    const told = new Promise<void>((resolve) => library.onChange(resolve));
    expect((await library.list())[0]?.report.secondsPerNote).toBeNull();
    await told;
    expect((await library.list())[0]?.report.secondsPerNote).toBe(1.5);
  });

  test("looks at an adapter beside the model that it fits, be another one damaged", async () => {
    put("program/models/a-damaged-one.gguf", Buffer.from("GGUF, but no more"));
    put("program/models/lora.gguf", adapter);
    const found = async () =>
      (await library.list()).find(({ report }) => report.kind === "adapter")?.report.adapter;
    expect(await found()).toMatchObject({ fitsBase: false });
    put("program/models/lora.gguf", Buffer.concat([adapter, Buffer.alloc(1)])); // looked at anew
    put("program/models/notegrain-compact.gguf", modelNamed("Compact"));
    expect(await found()).toEqual({ fitsBase: true, changesOutput: null, reason: null });
  });

  test("says which of its models an adapter fits, and stays true when one comes or goes", async () => {
    const fits = async () => {
      const list = await library.list();
      const ids = list.find(({ report }) => report.kind === "adapter")?.fits ?? [];
      return list.filter(({ id }) => ids.includes(id)).map(({ report }) => report.name);
    };
    put("program/models/lora.gguf", adapter);
    put("program/models/wider.gguf", modelNamed("Wider", {}, 16));
    expect(await fits()).toEqual([]);
    const path = put("mine.gguf", modelNamed("Mine"));
    await library.add(path, await library.check(path));
    put("program/models/notegrain-compact.gguf", modelNamed("Compact"));
    expect(await fits()).toEqual(["Compact", "Mine"]);
    rmSync(folder.file("program/models/notegrain-compact.gguf"));
    expect(await fits()).toEqual(["Mine"]);
    expect((await library.list()).filter(({ report }) => report.kind === "model")).toMatchObject([
      { fits: [] },
      { fits: [] },
    ]);
  });

  test("makes a report once, and again when the file has changed", async () => {
    put("program/models/notegrain-compact.gguf", modelNamed("Compact"));
    const [first] = await library.list();
    expect(await library.list()).toMatchObject([{ id: first?.id }]);
    put("program/models/notegrain-compact.gguf", modelNamed("Compact, second edition"));
    expect(await namesOf()).toEqual([["Compact, second edition", true, true]]);
  });
});

test("what a model learned is told, unless it does not say or its file has gone", async () => {
  const path = put("mine.gguf", modelNamed("Mine", { "notegrain.learned_texts": ["00ff"] }));
  await library.add(path, await library.check(path));
  const [{ id } = { id: "" }] = await library.list();
  expect(await library.learnedTexts(id)).toEqual(new Set(["00ff"]));
  rmSync(path);
  expect(await library.learnedTexts(id)).toBeNull();
  put("program/models/notegrain-compact.gguf", modelNamed("Compact"));
  const [compact] = await library.list();
  expect(await library.learnedTexts(compact?.id ?? "")).toBeNull();
});

describe("a model that was added", () => {
  test("stays where it is, and is told as missing once its file has gone", async () => {
    const path = put("mine.gguf", modelNamed("Mine"));
    const report = await library.check(path);
    expect(report).toMatchObject({ kind: "model", name: "Mine", fileName: "mine.gguf", grounded: false });
    await library.add(path, report);
    expect(await namesOf()).toEqual([["Mine", false, true]]);
    const [{ id } = { id: "" }] = await library.list();
    rmSync(path);
    expect(await namesOf()).toEqual([["Mine", false, false]]);
    const use = { modelId: id, adapterId: null, threads: 0, gpuLayers: -1 };
    await expect(library.open(use)).rejects.toMatchObject({
      code: "NG-MODEL-MISSING",
      params: { name: "mine.gguf" },
    });
  });

  test("is forgotten, and its file left to whom it belongs", async () => {
    const path = put("mine.gguf", modelNamed("Mine"));
    await library.add(path, await library.check(path));
    const [{ id } = { id: "" }] = await library.list();
    await library.remove(id);
    expect([await library.list(), existsSync(path)]).toEqual([[], true]);
    await expect(library.remove(id)).rejects.toMatchObject({ code: "NG-NOT-FOUND" });
  });

  test("that ships with the program cannot be removed", async () => {
    put("program/models/notegrain-compact.gguf", modelNamed("Compact"));
    const [{ id } = { id: "" }] = await library.list();
    await expect(library.remove(id)).rejects.toMatchObject({ code: "NG-NOT-FOUND" });
    expect(await namesOf()).toEqual([["Compact", true, true]]);
  });
});

describe("a check", () => {
  test("says what is wrong with a file before anything is loaded", async () => {
    const check = (bytes: Buffer | string) => library.check(put("x.gguf", Buffer.from(bytes)));
    await expect(check("no model at all")).rejects.toMatchObject({ code: "NG-MODEL-FORMAT" });
    await expect(check(modelNamed("Cut off").subarray(0, -40))).rejects.toMatchObject({
      code: "NG-MODEL-TRUNCATED",
    });
    await expect(library.check(folder.file("gone.gguf"))).rejects.toMatchObject({ code: "NG-MODEL-MISSING" });
  });

  test("finds among the installed models the base that an adapter fits", async () => {
    const path = put("adapter.gguf", adapter);
    expect(await library.check(path)).toMatchObject({ kind: "adapter", adapter: { fitsBase: false } });
    put("program/models/notegrain-compact.gguf", modelNamed("Compact"));
    expect(await library.check(path)).toMatchObject({
      kind: "adapter",
      adapter: { fitsBase: true, changesOutput: true },
    });
  });
});

test("a file that arrived is put into the data folder, and this copy goes when it is removed", async () => {
  const bytes = modelNamed("Sent");
  const sent = { uploadId: "u-1", name: "sent.gguf", totalBytes: bytes.length };
  const path = (await library.receive({ ...sent, offset: 0, bytes })) ?? "";
  expect(readdirSync(folder.file("data/models"))).toEqual(["sent.gguf"]);
  const report = await library.check(path);
  await library.add(path, report);
  await library.remove(report.sha256.slice(0, 16));
  expect(readdirSync(folder.file("data/models"))).toEqual([]);
});
