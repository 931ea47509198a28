import { writeFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { tinyGguf } from "../support/tinyGguf.ts";
import { TINY_HEADER, TINY_TENSORS } from "../support/tinyModel.ts";
import { notegrain } from "./run.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
/** Its header is sound, and a tensor is missing. */
const refused = tinyGguf(TINY_HEADER, TINY_TENSORS.slice(0, -1));
const env = { NOTEGRAIN_DATA: folder.file("data") };

test("a model that the engine refuses is told with its code and what to do", async () => {
  const path = folder.file("refused.gguf");
  writeFileSync(path, refused);
  const table = await notegrain(["models", "check", path], { env });
  expect(table.stdout).toMatch(/^a note of 600 words\s+cannot be read \[NG-MODEL-LOAD\]$/m);
  expect(table.stderr).toMatch(
    /^refused\.gguf could not be loaded .* Copy the file again .* \[NG-MODEL-LOAD\]$/m,
  );
  expect(table.code).toBe(3);
  const json = await notegrain(["models", "check", path, "--format", "json"], { env });
  expect(JSON.parse(json.stdout)).toMatchObject({
    name: "Tiny",
    secondsPerNote: null,
    failure: { code: "NG-MODEL-LOAD" },
  });
  expect(json.code).toBe(3);
});

test("it is not added either", async () => {
  const path = folder.file("refused.gguf");
  writeFileSync(path, refused);
  const { code, stderr } = await notegrain(["models", "add", path], { env });
  expect([code, stderr]).toEqual([3, expect.stringContaining("[NG-MODEL-LOAD]")]);
});

test("one that runs is told with its time", async () => {
  const path = folder.file("sound.gguf");
  writeFileSync(path, tinyGguf(TINY_HEADER, TINY_TENSORS));
  const { code, stdout, stderr } = await notegrain(["models", "check", path], { env });
  expect(stdout).toMatch(/^a note of 600 words\s+about \d+\.\d s$/m);
  expect([code, stderr]).toEqual([0, ""]);
});
