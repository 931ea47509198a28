import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PACK_MANIFEST, readPackTypes } from "./packTypes.ts";

test("a manifest tells what each note was read for", () => {
  const pack = JSON.parse(readFileSync("test/fixtures/training-pack.json", "utf8")) as {
    files: { name: string; content: string }[];
  };
  const manifest = pack.files.find(({ name }) => name === PACK_MANIFEST)?.content ?? "";
  const types = readPackTypes(manifest);
  expect([...types.keys()]).toEqual(["english", "chinese", "odd", "site"]);
  expect(types.get("site")).toContain("Device");
  expect(types.get("english")).not.toContain("Device");
});

test("another JSON file tells nothing", () => {
  for (const other of ["{}", "null", "[1]", '{"schema": "x@1", "documents": 1}']) {
    expect(readPackTypes(other).size).toBe(0);
  }
});

const of = (documents: string) => `{"schema": "notegrain/training@1", "documents": ${documents}}`;

test.each([
  "{",
  of("1"),
  of("[null]"),
  of('[{"name": 1, "types": []}]'),
  of('[{"name": "a", "types": [1]}]'),
])("%s is damaged", (manifest) => {
  expect(() => readPackTypes(manifest)).toThrow(
    expect.objectContaining({
      code: "NG-GOLD",
      params: { name: "manifest.json", reason: "GOLD-MANIFEST" },
    }),
  );
});
