import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { readHabits } from "./draftHabits.ts";
import type { GgufFacts } from "./ggufFacts.ts";

const folder = mkdtempSync(join(tmpdir(), "notegrain-habits-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tables = {
  format: "draft@1",
  types: ["Age", "Sex"],
  open: Buffer.from([0, 1, 2]).toString("base64"),
  closeBefore: Buffer.from(Int8Array.from([-5, 0, 127]).buffer).toString("base64"),
  closeAfter: [
    [-3, 8],
    [1, 2],
  ],
};
const model = {
  path: join(folder, "own.gguf"),
  fileName: "own.gguf",
  bytes: 1,
  facts: { grounded: { types: ["Age", "Sex"] }, shape: { vocabulary: 3 } } as unknown as GgufFacts,
};

function keep(content: unknown): void {
  writeFileSync(
    join(folder, "own.draft.json"),
    typeof content === "string" ? content : JSON.stringify(content),
  );
}
beforeEach(() => keep(tables));

test("the counts beside a model are read", async () => {
  expect(await readHabits(model)).toEqual({
    open: Uint8Array.from([0, 1, 2]),
    closeBefore: Int8Array.from([-5, 0, 127]),
    closeAfter: tables.closeAfter,
  });
});

test("a model without counts does without", async () => {
  expect(await readHabits({ ...model, path: join(folder, "other.gguf") })).toBeNull();
});

test.each<[string, unknown]>([
  ["damaged", "{"],
  ["not an object", "null"],
  ["of another layout", { ...tables, format: "draft@2" }],
  ["of other types", { ...tables, types: ["Sex", "Age"] }],
  ["of another vocabulary", { ...tables, open: Buffer.from([0, 1]).toString("base64") }],
  ["without its table", { ...tables, closeAfter: [["x"]] }],
])("counts that are %s are left aside", async (_, content) => {
  keep(content);
  expect(await readHabits(model)).toBeNull();
});
