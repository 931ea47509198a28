import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Client } from "#contract/client.ts";
import type { ImportFate } from "#contract/records.ts";
import { NotegrainError } from "#core/errors.ts";
import { batchesOf, batchLimits } from "./batchesOf.ts";
import { caseToOpen, countFates, largestFileBytes, refusalOf, sortFates } from "./fates.ts";
import { importAll } from "./importAll.ts";
import { localStamp } from "./localStamp.ts";
import { type Dropped, type DroppedEntry, walkEntries } from "./walkEntries.ts";

const file = (name: string, text = "Cough.", type = "text/plain") => new File([text], name, { type });
const entryOf = (name: string): DroppedEntry => ({
  isFile: true,
  isDirectory: false,
  name,
  file: (done) => done(file(name)),
});
const locked: DroppedEntry = {
  isFile: true,
  isDirectory: false,
  name: "locked.txt",
  file: (_, failed) => failed(new DOMException("no", "NotReadableError")),
};
/** A folder that hands out its entries in parts, as browsers do. */
function folderOf(name: string, entries: DroppedEntry[], part = 2): DroppedEntry {
  return {
    isFile: false,
    isDirectory: true,
    name,
    createReader() {
      const rest = [...entries];
      return { readEntries: (done) => done(rest.splice(0, part)) };
    },
  };
}
async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}
async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe("walkEntries", () => {
  const names = (dropped: readonly Dropped[]) =>
    dropped.map((one) => ("file" in one ? one.file.name : `! ${one.unreadable}`));

  it("walks folders to the bottom, also past the first part of a listing", async () => {
    const inner = folderOf("inner", [entryOf("c.txt"), entryOf("d.txt"), entryOf("e.txt")]);
    const found = await collect(
      walkEntries([folderOf("notes", [entryOf("b.txt"), inner, entryOf("a.txt")]), entryOf("0.txt")]),
    );
    expect(names(found)).toEqual(["0.txt", "a.txt", "b.txt", "c.txt", "d.txt", "e.txt"]);
  });

  it("leaves hidden files out and names what is locked", async () => {
    const found = await collect(
      walkEntries([folderOf("notes", [entryOf(".DS_Store"), locked, entryOf("a.txt")])]),
    );
    expect(names(found)).toEqual(["a.txt", "! locked.txt"]);
  });
});

describe("batchesOf", () => {
  it("loses nothing, keeps the order, and passes a limit only for a single large item", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(30)), async (sizes) => {
        const batches = await collect(batchesOf(each(sizes), (size) => size, { bytes: 40, files: 4 }));
        expect(batches.flat()).toEqual(sizes);
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(4);
          const bytes = batch.reduce((sum, size) => sum + size, 0);
          if (batch.length > 1) expect(bytes).toBeLessThanOrEqual(40);
        }
      }),
    );
  });
});

describe("fates", () => {
  const fate = (outcome: ImportFate["outcome"], caseId: string | null = null): ImportFate => ({
    name: "a.txt",
    outcome,
    caseId,
    documentId: null,
    error: null,
  });

  it("refuses pictures and what is too large before reading it", () => {
    expect(refusalOf({ name: "scan.png", size: 10, type: "image/png" })?.outcome).toBe("skipped");
    const large = refusalOf({ name: "all/export.txt", size: largestFileBytes + 1, type: "text/plain" });
    expect(large).toMatchObject({ name: "export.txt", outcome: "failed", error: { code: "NG-TOO-LARGE" } });
    expect(refusalOf({ name: "a.txt", size: largestFileBytes, type: "" })).toBeNull();
  });

  it("counts, and puts what needs a look first", () => {
    const fates = [fate("added"), fate("failed"), fate("duplicate"), fate("added")];
    expect(countFates(fates)).toEqual({ added: 2, duplicate: 1, skipped: 0, failed: 1 });
    expect(sortFates(fates).map((one) => one.outcome)).toEqual(["failed", "duplicate", "added", "added"]);
  });

  it("opens the case of the only note, whether new or known", () => {
    expect(caseToOpen([fate("added", "c1")])).toBe("c1");
    expect(caseToOpen([fate("duplicate", "c1")])).toBe("c1");
    expect(caseToOpen([fate("failed")])).toBeNull();
    expect(caseToOpen([fate("added", "c1"), fate("added", "c2")])).toBeNull();
  });
});

describe("importAll", () => {
  function clientWith(answer: (names: readonly string[]) => Promise<ImportFate[]>): Client {
    return {
      call: (_: string, request: unknown) =>
        answer((request as { files: { name: string }[] }).files.map((one) => one.name)),
      on: () => () => undefined,
      close: () => undefined,
    } as unknown as Client;
  }
  const added = async (names: readonly string[]) =>
    names.map(
      (name): ImportFate => ({ name, outcome: "added", caseId: name, documentId: name, error: null }),
    );
  async function run(client: Client, dropped: readonly Dropped[]) {
    const fates: ImportFate[] = [];
    const models: string[] = [];
    await importAll(
      client,
      each(dropped),
      (part) => fates.push(...part),
      (model) => models.push(model.name),
    );
    return { fates, models };
  }

  it("tells one fate for each file, in batches", async () => {
    const sizes: number[] = [];
    const client = clientWith((names) => {
      sizes.push(names.length);
      return added(names);
    });
    const files = Array.from({ length: batchLimits.files + 5 }, (_, index) => ({
      file: file(`${index}.txt`),
    }));
    const { fates } = await run(client, [
      ...files,
      { unreadable: "locked.txt" },
      { file: file("x.png", "", "image/png") },
    ]);
    expect(sizes).toEqual([batchLimits.files, 5]);
    expect(countFates(fates)).toEqual({ added: batchLimits.files + 5, duplicate: 0, skipped: 1, failed: 1 });
  });

  it("hands model files over instead of reading them", async () => {
    const { fates, models } = await run(clientWith(added), [
      { file: file("tiny.GGUF") },
      { file: file("a.txt") },
    ]);
    expect(models).toEqual(["tiny.GGUF"]);
    expect(fates.map((one) => one.name)).toEqual(["a.txt"]);
  });

  it("gives every file of a batch the reason when the backend is lost", async () => {
    const client = clientWith(async () => {
      throw new NotegrainError("NG-BACKEND-LOST");
    });
    const { fates } = await run(client, [{ file: file("a.txt") }, { file: file("b.txt") }]);
    expect(fates.map((one) => [one.name, one.error?.code])).toEqual([
      ["a.txt", "NG-BACKEND-LOST"],
      ["b.txt", "NG-BACKEND-LOST"],
    ]);
  });

  it("tells of a file that vanishes while it is read, and takes the others", async () => {
    const gone = file("gone.txt");
    gone.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotFoundError"));
    const { fates } = await run(clientWith(added), [{ file: gone }, { file: file("a.txt") }]);
    expect(fates.map((one) => [one.name, one.outcome])).toEqual([
      ["gone.txt", "failed"],
      ["a.txt", "added"],
    ]);
  });
});

it("names a pasted note by the reader's own clock, in characters that every file system takes", () => {
  expect(localStamp(new Date(2026, 0, 2, 3, 4, 5))).toBe("2026-01-02 03.04.05");
});
