import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { NotegrainError } from "#core/errors.ts";
import { temporaryFolder } from "../../../test/support/temporaryFolder.ts";
import { stateFolder } from "./stateFolder.ts";

let parent: ReturnType<typeof temporaryFolder>;
let path: string;
let faults: NotegrainError[];
beforeEach(() => {
  parent = temporaryFolder();
  path = parent.file("states");
  faults = [];
});
afterEach(() => parent[Symbol.dispose]());

const folder = (limit?: number) => stateFolder(path, (error) => faults.push(error), limit);
const writing = (content: string) => (file: string) => writeFile(file, content);
const hoursAgo = (name: string, hours: number) => {
  const then = new Date(Date.now() - hours * 3_600_000);
  utimesSync(join(path, name), then, then);
};

test("what was kept is found by its key, in another process too, and by no other key", async () => {
  await folder().keep("a", writing("numbers"));
  const found = await folder().find("a");
  expect(readFileSync(found ?? "", "utf8")).toBe("numbers");
  expect(await folder().find("b")).toBeNull();
  expect(faults).toEqual([]);
});

test("it is written once, and only its owner may read it", async (context) => {
  await folder().keep("a", writing("first"));
  await folder().keep("a", writing("second"));
  const names = readdirSync(path);
  expect(names).toHaveLength(1);
  expect(readFileSync(join(path, names[0] ?? ""), "utf8")).toBe("first");
  if (process.platform === "win32") context.skip("Windows has no such modes");
  expect(statSync(join(path, names[0] ?? "")).mode & 0o777).toBe(0o600);
  expect(statSync(path).mode & 0o777).toBe(0o700);
});

test("a damaged state is deleted and told, and can be kept anew", async () => {
  await folder().keep("a", writing("numbers"));
  const [name = ""] = readdirSync(path);
  const { mtime } = statSync(join(path, name));
  writeFileSync(join(path, name), "numbars");
  utimesSync(join(path, name), mtime, mtime);
  expect(await folder().find("a")).toBeNull();
  expect(faults).toMatchObject([{ code: "NG-STATE", params: {} }]);
  expect(readdirSync(path)).toEqual([]);
  await folder().keep("a", writing("numbers"));
  expect(await folder().find("a")).not.toBeNull();
});

test("where there is no store there are no states", async () => {
  const elsewhere = stateFolder(parent.file("no store/states"));
  await elsewhere.keep("a", writing("numbers"));
  expect(readdirSync(parent.path)).toEqual([]);
  expect(await elsewhere.find("a")).toBeNull();
});

test("a write that fails leaves nothing behind and is no fault", async () => {
  await folder().keep("a", async (file) => {
    await writeFile(file, "half");
    throw new Error("the disk is full");
  });
  expect(readdirSync(path)).toEqual([]);
  expect(faults).toEqual([]);
});

test("those used longest ago make room, and a state may take half of it", async () => {
  const small = folder(10);
  expect(small.largest).toBe(5);
  for (const key of ["a", "b", "c"]) {
    await small.keep(key, writing(`${key}${key}${key}${key}`));
    for (const name of readdirSync(path)) hoursAgo(name, { a: 3, b: 2, c: 1 }[name.slice(0, 1)] ?? 0);
    if (key === "b") await small.find("a"); // now the one used last
  }
  expect(readdirSync(path).map((name) => name.slice(0, 1))).toEqual(["a", "c"]);
});

test("drafts of a process that ended go with the next state, those being written stay", async () => {
  mkdirSync(path);
  for (const name of ["old.part", "new.part", "other.txt"]) writeFileSync(join(path, name), "");
  for (const name of ["old.part", "other.txt"]) hoursAgo(name, 2);
  await folder().keep("a", writing("numbers"));
  expect(readdirSync(path).filter((name) => !name.endsWith(".state"))).toEqual(["new.part", "other.txt"]);
});
