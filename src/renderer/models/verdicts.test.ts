import { describe, expect, it } from "vitest";
import type { ModelReport } from "#contract/records.ts";
import { canAdd, parametersInWords, verdictsOf } from "./verdicts.ts";

const model: ModelReport = {
  fileName: "m.gguf",
  kind: "model",
  name: "m",
  architecture: "llama",
  parameters: 26_000_000,
  layers: 8,
  width: 384,
  vocabulary: 8192,
  contextTokens: 2048,
  quantisation: "Q8_0",
  licence: "Apache-2.0",
  fileBytes: 28_000_000,
  sha256: "a".repeat(64),
  memoryNeededBytes: 1,
  memoryAvailableBytes: 2,
  fitsMemory: true,
  secondsPerNote: 2,
  grounded: true,
  types: [],
  adapter: null,
};
const adapter: ModelReport = {
  ...model,
  kind: "adapter",
  adapter: { fitsBase: true, changesOutput: true, reason: null },
};
const texts = (report: ModelReport) => verdictsOf(report).map((verdict) => verdict.text);

describe("what is told before a model is added", () => {
  it("is all good for a fitting model that was trained for the task", () => {
    expect(texts(model)).toEqual(["memoryFits", "speed", "tagsYes", "licence"]);
    expect(canAdd(model)).toBe(true);
  });

  it("warns of a slow one, an unknown licence and a model without the tags, and lets it be added", () => {
    const report = { ...model, secondsPerNote: 90, licence: null, grounded: false };
    expect(texts(report)).toEqual(["memoryFits", "speedSlow", "tagsNo", "licenceUnknown"]);
    expect(canAdd(report)).toBe(true);
    expect(texts({ ...model, secondsPerNote: null })).toContain("speedUnknown");
  });

  it("does not let in what the memory cannot hold", () => {
    expect(canAdd({ ...model, fitsMemory: false })).toBe(false);
  });

  it("does not let in what failed when it was tried", () => {
    const failure = { code: "NG-MODEL-NUMBERS", params: {} } as const;
    const broken = { ...model, secondsPerNote: null, failure };
    expect(texts(broken)).toEqual(["memoryFits", "loadFailed", "tagsYes", "licence"]);
    expect(canAdd(broken)).toBe(false);
  });

  it("does not let in an adapter for another base", () => {
    const other = { ...adapter, adapter: { fitsBase: false, changesOutput: null, reason: "width" } };
    expect(texts(other)).toEqual(["baseWrong", "memoryFits", "speed", "licence"]);
    expect(canAdd(other)).toBe(false);
  });

  it("warns of an adapter that changes nothing", () => {
    const mute = { ...adapter, adapter: { fitsBase: true, changesOutput: false, reason: null } };
    expect(texts(mute)).toContain("effectNo");
    expect(texts(adapter)).toContain("effectYes");
    expect(canAdd(mute)).toBe(true);
  });
});

it("warns of an adapter that learned another prompt", () => {
  const otherPrompt = { taught: "zero-shot.grounded@1", now: "zero-shot.grounded@2", format: "grounded" };
  const old = { ...adapter, adapter: { fitsBase: true, changesOutput: true, reason: null, otherPrompt } };
  expect(verdictsOf(old)).toContainEqual({ id: "prompt", level: "warn", text: "promptOther" });
  expect(canAdd(old)).toBe(true);
  expect(verdictsOf(adapter).some(({ id }) => id === "prompt")).toBe(false);
});

it("says the size of a model as people do", () => {
  expect(parametersInWords(8_030_000_000)).toEqual({ value: 8, unit: "B" });
  expect(parametersInWords(1_240_000_000)).toEqual({ value: 1.2, unit: "B" });
  expect(parametersInWords(26_400_000)).toEqual({ value: 26, unit: "M" });
});
