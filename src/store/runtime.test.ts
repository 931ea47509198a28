import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { requireRuntime } from "./runtime.ts";

test.each([
  ["20.20.2", "9"],
  ["22.13.1", "9"],
  ["18.0.0", undefined],
])("Node %s is refused before anything native is loaded", (node, napi) => {
  expect(() => requireRuntime({ node, ...(napi === undefined ? {} : { napi }) })).toThrow(
    expect.objectContaining({ code: "NG-STORE-RUNTIME", params: { version: node } }),
  );
});

test("Node with N-API 10 or later passes", () => {
  expect(requireRuntime({ node: "22.14.0", napi: "10" })).toBeUndefined();
  expect(requireRuntime({ node: "99.0.0", napi: "12" })).toBeUndefined();
});

test("nothing loads the native part of the store but by way of that check", () => {
  const loads = /^import (?!type).*from "better-sqlite3"|import\("better-sqlite3"\)/m;
  const loading = globSync("src/**/*.ts")
    .filter((path) => !path.endsWith(".test.ts"))
    .filter((path) => loads.test(readFileSync(path, "utf8")));
  expect(loading).toEqual(["src/store/runtime.ts"]);
});
