import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { trueShapeModel } from "../support/testModels.ts";
import { notegrain, root } from "./run.ts";

const note = join(root, "examples/admission-en.txt");

test("a list of types that cannot be used is refused before a model is loaded", async () => {
  using folder = temporaryFolder();
  writeFileSync(folder.file("types.json"), '[{"name": "Device", "definition": "x", "color": 1}]');
  const args = ["--model", folder.file("none.gguf"), "--types-file", folder.file("types.json")];
  const { code, stdout, stderr } = await notegrain(["extract", note, ...args]);
  expect(stderr).toContain("NG-TYPES");
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test("--types-file that is not there is named without its folder", async () => {
  using folder = temporaryFolder();
  const { stderr } = await notegrain(["extract", note, "--types-file", folder.file("gone.json")]);
  expect(stderr).toContain("gone.json");
  expect(stderr).toContain("NG-READ");
  expect(stderr).not.toContain(folder.path);
});

test("types of the user's own are asked for by name, and the prompt's hash covers their words", async (context) => {
  const model = trueShapeModel();
  if ("missing" in model) return context.skip(model.missing);
  using folder = temporaryFolder();
  const run = async (definition: string) => {
    writeFileSync(folder.file("types.json"), JSON.stringify([{ name: "Device", definition }]));
    writeFileSync(folder.file("n.txt"), "Stent seen.");
    const { stdout } = await notegrain([
      ...["extract", folder.file("n.txt"), "--model", model.path, "--format", "json"],
      ...["--types-file", folder.file("types.json"), "--types", "Device,Age", "--output-format", "brackets"],
    ]);
    return (JSON.parse(stdout) as { run: { types: string[]; promptSha256: string } }).run;
  };
  const [implant, aid] = [await run("An implant."), await run("An aid.")];
  expect(implant.types).toEqual(["Age", "Device"]);
  expect(aid.promptSha256).not.toBe(implant.promptSha256);
});
