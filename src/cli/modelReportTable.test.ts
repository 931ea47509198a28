import { expect, test } from "vitest";
import type { ModelReport } from "#contract/records.ts";
import { reportTable } from "./modelReportTable.ts";

const adapter: ModelReport = {
  fileName: "a.gguf",
  kind: "adapter",
  name: "a",
  architecture: "llama",
  parameters: 1_000_000,
  layers: 0,
  width: 0,
  vocabulary: 0,
  contextTokens: 0,
  quantisation: "F16",
  licence: null,
  fileBytes: 2_000_000,
  sha256: "0".repeat(64),
  memoryNeededBytes: 200_000_000,
  memoryAvailableBytes: 4_000_000_000,
  fitsMemory: true,
  secondsPerNote: null,
  grounded: false,
  types: [],
  adapter: {
    fitsBase: false,
    changesOutput: null,
    reason: "it is empty",
    otherPrompt: { taught: "one", now: "two", format: "grounded" },
  },
};

test("what there is to say begins in one column, apart from the longest title", () => {
  const lines = reportTable(adapter).trimEnd().split("\n");
  expect(lines).toContain("fits an installed base  NO: it is empty");
  expect(lines).toContain("changes the output      not tried");
  expect(lines).toContain("trained with            one; asked with two");
  const column = "fits an installed base  ".length;
  for (const line of lines) expect(line.slice(column - 2, column + 1)).toMatch(/^ {2}\S$/);
});

test("a model has no lines of an adapter", () => {
  const table = reportTable({ ...adapter, kind: "model", adapter: null, secondsPerNote: 2.04 });
  expect(table).not.toContain("base");
  expect(table).toMatch(/^a note of 600 words {2}about 2\.0 s$/m);
});

test("one that failed when it was tried is told from one that was not tried", () => {
  const failure = { code: "NG-MODEL-LOAD", params: { name: "a.gguf", reason: "MODEL-LLAMA" } } as const;
  expect(reportTable(adapter)).toMatch(/^a note of 600 words {5}not measured$/m);
  expect(reportTable({ ...adapter, failure })).toMatch(
    /^a note of 600 words {5}cannot be read \[NG-MODEL-LOAD\]$/m,
  );
});
