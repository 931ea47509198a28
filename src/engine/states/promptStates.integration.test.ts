import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { entityTypes } from "#core/entity/entityTypes.ts";
import type { NotegrainError } from "#core/errors.ts";
import { type ExtractSettings, extract } from "#core/pipeline.ts";
import { countTokens } from "../../../bench/countTokens.ts";
import { temporaryFolder } from "../../../test/support/temporaryFolder.ts";
import { trueShapeModel } from "../../../test/support/testModels.ts";
import { type LoadOptions, loadModel } from "../loadModel.ts";
import { LEAST_TOKENS } from "./promptStates.ts";
import { stateFolder } from "./stateFolder.ts";

const made = trueShapeModel();
const settings: ExtractSettings = {
  types: entityTypes.map(({ name }) => name),
  paradigm: "zero",
  outputFormat: "grounded",
};

let store: ReturnType<typeof temporaryFolder>;
let path: string;
let faults: NotegrainError[];
beforeEach((context) => {
  if ("missing" in made) context.skip(made.missing);
  store = temporaryFolder();
  path = store.file("states");
  faults = [];
});
afterEach(() => store?.[Symbol.dispose]());

/** A start of the program: loads the model, reads notes one after the other, and ends. */
async function start(notes: readonly string[], options: Partial<LoadOptions> = {}) {
  const model = await loadModel({
    modelPath: "path" in made ? made.path : "",
    parallelism: 1,
    threads: 1,
    states: stateFolder(path, (error) => faults.push(error)),
    ...options,
  });
  const { port, count } = countTokens(model);
  try {
    const runs = [];
    for (const text of notes) {
      count.evaluated = 0;
      const { entities } = await extract(port, {
        ...settings,
        document: { id: "d", name: "n.txt", text, sha256: "", language: "en" },
        date: "2026-01-01T00:00:00.000Z",
        hash: (words) => words,
        now: () => 0,
      });
      runs.push({ entities, evaluated: count.evaluated });
    }
    return runs;
  } finally {
    await model.dispose();
  }
}

const note = "Fever for 3 days; aspirin 300 mg.";
const states = () => readdirSync(path).filter((name) => name.endsWith(".state"));

test("the instruction is read once: neither for the second note nor after a restart, with the same digits", async () => {
  const [first, second] = await start([note, note]);
  const [restored] = await start([note]);
  expect(states()).toHaveLength(1);
  expect(second?.evaluated).toBeLessThan((first?.evaluated ?? 0) - LEAST_TOKENS);
  expect(restored?.evaluated).toBe(second?.evaluated);
  for (const run of [second, restored]) expect(run?.entities).toEqual(first?.entities);
  expect(first?.entities.length).toBeGreaterThan(0);
  expect(faults).toEqual([]);
});

test("another context length does not take it", async () => {
  const [first] = await start([note]);
  const [other] = await start([note], { contextTokens: 4000 });
  expect(other?.evaluated).toBe(first?.evaluated);
  expect(states()).toHaveLength(2);
});

test("a damaged state is told and read anew", async () => {
  const [first] = await start([note]);
  const [name = ""] = states();
  const bytes = readFileSync(join(path, name));
  bytes[bytes.length - 9] = (bytes.at(-9) ?? 0) ^ 1;
  writeFileSync(join(path, name), bytes);
  expect(await start([note])).toEqual([first]);
  expect(faults.map(({ code }) => code)).toEqual(["NG-STATE"]);
  expect(states()).toEqual([name]);
  expect((await start([note]))[0]?.evaluated).toBeLessThan(first?.evaluated ?? 0);
});

test.each([
  ["no state at all", () => Buffer.from("no state")],
  ["a state cut off", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
  ["a state of other tokens", (bytes: Buffer) => bytes.fill(7, 12, 16)],
])("%s, under a name that fits its bytes, is told and read anew", async (_, change) => {
  const [first] = await start([note]);
  const [name = ""] = states();
  const bytes = Buffer.from(change(readFileSync(join(path, name))));
  const forged = `${name.split(".")[0]}.${createHash("sha256").update(bytes).digest("hex")}.state`;
  writeFileSync(join(path, name), bytes);
  renameSync(join(path, name), join(path, forged));
  expect(await start([note])).toEqual([first]);
  expect(faults.map(({ code }) => code)).toEqual(["NG-STATE"]);
  expect(states()).toEqual([name]);
});

test("a folder that cannot be written costs nothing but time", async () => {
  writeFileSync(path, "a file is here");
  const [first] = await start([note]);
  expect(first?.entities.length).toBeGreaterThan(0);
  expect(faults).toEqual([]);
});
