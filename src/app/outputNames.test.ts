import { expect, test } from "vitest";
import { outputNames } from "./outputNames.ts";

test("the extension goes, but where two would share a name", () => {
  expect(outputNames(["a.txt", "b.txt", "b.md", "sub/a.txt", ".env", "c.tar.txt"])).toEqual([
    "a",
    "b.txt",
    "b.md",
    "sub/a",
    ".env",
    "c.tar",
  ]);
});

test("the same path from two places is numbered", () => {
  expect(outputNames(["a.txt", "a.txt", "a.txt"])).toEqual(["a.txt", "a.txt.2", "a.txt.3"]);
});
