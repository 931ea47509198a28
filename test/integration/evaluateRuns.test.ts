import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { compactModel, trueShapeModel } from "../support/testModels.ts";
import { notegrain } from "./run.ts";

type Table = {
  runs: {
    spec: string;
    documents?: number;
    micro?: { precision: number; recall: number; f1: number; ci95: [number, number] };
    types?: Record<string, { support: number }>;
    secondsPerDocument?: number;
    run?: { paradigm: string; bank: string | null; types: string[]; adapterSha256: string | null };
    error?: { code: string; what: string };
  }[];
  comparisons: { first: string; second: string; pValue: number; pHolm: number }[];
  correction: string;
};

/** A brat folder of three short notes. */
function goldFolder() {
  const folder = temporaryFolder();
  for (const [i, drug] of ["aspirin", "heparin", "insulin"].entries()) {
    writeFileSync(folder.file(`n${i}.txt`), `Note ${i}: took ${drug} daily.`);
    writeFileSync(folder.file(`n${i}.ann`), `T1\tMedication 13 20\t${drug}\nT2\tFrequency 21 26\tdaily\n`);
  }
  return folder;
}

test("rows in the order asked, on one backbone, with the gold itself as the bank", async (context) => {
  const model = trueShapeModel();
  if ("missing" in model) return context.skip(model.missing);
  using gold = goldFolder();
  const { code, stdout } = await notegrain([
    ...["evaluate", "--gold", gold.path, "--model", model.path, "--types", "Medication,Frequency"],
    ...["--runs", "few:bm25,zero,few:random", "--examples", "2", "--format", "json"],
  ]);
  expect(code).toBe(0);
  const { runs, comparisons, correction } = JSON.parse(stdout) as Table;
  expect(runs.map(({ spec, run }) => [spec, run?.paradigm])).toEqual([
    ["few:bm25", "few"],
    ["zero", "zero"],
    ["few:random", "few"],
  ]);
  for (const { documents, micro, types, secondsPerDocument, run } of runs) {
    expect(documents).toBe(3);
    expect(micro?.f1).toBeGreaterThanOrEqual(micro?.ci95[0] ?? 1);
    expect(types).toMatchObject({ Medication: { support: 3 }, Frequency: { support: 3 } });
    expect(secondsPerDocument).toBeGreaterThan(0);
    expect(run?.types).toEqual(["Medication", "Frequency"]);
  }
  expect(runs.map(({ run }) => run?.bank !== null)).toEqual([true, false, true]);
  expect(comparisons.map(({ first, second }) => `${first} ${second}`)).toEqual([
    "few:bm25 zero",
    "few:bm25 few:random",
    "zero few:random",
  ]);
  expect(correction).toBe("Holm");
});

test("a row that the model cannot do says why, and the others are printed", async (context) => {
  const model = compactModel();
  if ("missing" in model) return context.skip(model.missing);
  using gold = goldFolder();
  const { code, stdout, stderr } = await notegrain([
    ...["evaluate", "--gold", gold.path, "--model", model.path, "--runs", "zero,tuned", "--format", "json"],
  ]);
  expect(code).toBe(1);
  const { runs, comparisons } = JSON.parse(stdout) as Table;
  expect(runs[0]?.error?.code).toBe("NG-MODEL-UNFIT");
  expect(runs[1]?.micro?.f1).toBeGreaterThan(0);
  expect(comparisons).toEqual([]);
  expect(stderr).toMatch(/^zero: .*\[NG-MODEL-UNFIT\]$/m);
});

test("without a model named, every row is read on the bundled backbone, and tuned with its adapter", async () => {
  using gold = goldFolder();
  const rows = ["zero", "few:random", "few:bm25", "few:sentence", "few:token", "tuned"];
  const { code, stdout, stderr } = await notegrain([
    ...["evaluate", "--gold", gold.path, "--runs", rows.join(","), "--format", "json"],
  ]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const { runs } = JSON.parse(stdout) as Table;
  expect(runs.map(({ spec, documents }) => [spec, documents])).toEqual(rows.map((row) => [row, 3]));
  expect(runs.map(({ run }) => run?.adapterSha256 !== null)).toEqual([
    false,
    false,
    false,
    false,
    false,
    true,
  ]);
});

test("without the backbone the next step is told", async () => {
  using gold = goldFolder();
  using program = temporaryFolder(); // one that came without models
  const { code, stdout, stderr } = await notegrain(["evaluate", "--gold", gold.path, "--runs", "zero"], {
    env: { NOTEGRAIN_PROGRAM: program.path },
  });
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(stderr).toMatch(/notegrain-base\.gguf.*--model.*\[NG-BACKBONE\]/);
});

test.each([
  [["--runs", "zero,best"], '"best" is none of them'],
  [["--runs", "zero,zero"], "zero twice"],
  [["--runs", "zero", "--paradigm", "few"], "leave out --paradigm"],
])("%j is wrong usage", async (args, reason) => {
  using gold = goldFolder();
  const { code, stderr } = await notegrain(["evaluate", "--gold", gold.path, ...args]);
  expect(code).toBe(2);
  expect(stderr).toContain(reason);
});
