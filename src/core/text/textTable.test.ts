import { expect, test } from "vitest";
import { textTable } from "./textTable.ts";

test("columns line up, Chinese and numbers included", () => {
  const table = textTable(
    [{ title: "Type" }, { title: "Text" }, { title: "Conf.", align: "right" }],
    [
      ["Sign_symptom", "胸痛", "0.93"],
      ["Age", "61", "1"],
    ],
  );
  expect(table.split("\n")).toEqual([
    "Type          Text  Conf.",
    "────────────  ────  ─────",
    "Sign_symptom  胸痛   0.93",
    "Age           61        1",
    "",
  ]);
});

test("a note cannot steer the terminal or break a row", () => {
  const table = textTable([{ title: "Text" }], [["a\u001b[2J\u202eb\r\n c"]]);
  expect(table.split("\n")[2]).toBe("a\ufffd[2J\ufffdb c");
});

test("long cells are cut", () => {
  expect(textTable([{ title: "T", maxWidth: 4 }], [["abcdefgh"]])).toContain("abc…");
});
