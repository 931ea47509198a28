import { describe, expect, test } from "vitest";
import { NotegrainError } from "#core/errors.ts";
import type { ExtractSettings } from "#core/pipeline.ts";
import type { ExampleBank } from "#core/ports.ts";
import { createFakeEngine, tagWords } from "#engine/fakeEngine.ts";
import { plant } from "../../test/oracles/plant.ts";
import { fewShotOf } from "../../test/support/examples.ts";
import { stockModel } from "../../test/support/stockModel.ts";
import { evaluateRuns } from "./evaluateRuns.ts";
import { goldBank } from "./exampleBank.ts";

const gold = Array.from({ length: 10 }, (_, i) => ({
  name: `n${i}`,
  ...plant("The ⟦man|Sex⟧ took ⟦aspirin|Medication⟧ for ⟦chest pain|Sign_symptom⟧."),
}));
const types = ["Sex", "Medication", "Sign_symptom"];
const settings: ExtractSettings = { types, paradigm: "tuned", outputFormat: "grounded" };

/** Two models: the adapter knows a word more. */
const models = {
  base: () => createFakeEngine({ tag: tagWords({ man: "Sex" }) }),
  adapted: () => createFakeEngine({ tag: tagWords({ man: "Sex", aspirin: "Medication" }) }),
};
const reading = { types, language: "en", date: "2026-01-01T00:00:00.000Z" } as const;

describe("rows over the same notes", () => {
  test("are scored in the order asked, each model opened once, and compared in pairs", async () => {
    const opened: string[] = [];
    const done: string[] = [];
    const table = await evaluateRuns(
      gold,
      [
        { spec: "tuned", settings: () => settings, model: "adapted" },
        { spec: "plain", settings: () => settings, model: "base" },
        { spec: "again", settings: () => ({ ...settings, strategy: "plain" }), model: "adapted" },
      ] as const,
      {
        ...reading,
        open: async (model) => {
          opened.push(model);
          return models[model]();
        },
        onDone: (spec, documents) => done.push(`${spec} ${documents}`),
      },
    );
    expect(opened).toEqual(["adapted", "base"]);
    expect(done.filter((line) => line.endsWith(" 10"))).toEqual(["tuned 10", "again 10", "plain 10"]);
    expect(table.runs.map(({ spec, evaluation }) => [spec, evaluation?.micro.f1])).toEqual([
      ["tuned", 0.8],
      ["plain", 0.5],
      ["again", 0.8],
    ]);
    expect(table.runs[0]?.evaluation?.types).toMatchObject({
      Medication: { f1: 1, support: 10 },
      Sign_symptom: { f1: 0, support: 10 },
    });
    expect(table.comparisons.map(({ first, second }) => `${first} ${second}`)).toEqual([
      "tuned plain",
      "tuned again",
      "plain again",
    ]);
    expect(table.comparisons[0]?.difference).toBeCloseTo(0.3, 6);
    expect(table.comparisons[0]?.pHolm).toBeLessThan(0.05);
    expect(table.comparisons[1]).toMatchObject({ difference: 0, pHolm: 1 });
  });

  test("one that cannot be read says why, and the others are read", async () => {
    const table = await evaluateRuns(
      gold.slice(0, 2),
      [
        { spec: "zero", settings: () => ({ ...settings, paradigm: "zero" }), model: "base" },
        { spec: "gone", settings: () => settings, model: "gone" },
        { spec: "tuned", settings: () => settings, model: "base" },
      ] as const,
      {
        ...reading,
        open: async (model) => {
          if (model === "gone") throw new NotegrainError("NG-MODEL-MISSING", { name: "gone.gguf" });
          return models[model]();
        },
      },
    );
    expect(table.runs.map(({ error }) => error?.code ?? "done")).toEqual([
      "NG-MODEL-UNFIT",
      "NG-MODEL-MISSING",
      "done",
    ]);
    expect(table.comparisons).toEqual([]);
  });

  test("by examples are never shown those of the note that is read, though it is in the bank", async () => {
    const { bank } = goldBank(
      "gold",
      gold.map(({ name, text, mentions }, i) => ({
        name,
        text: text.replace("man", `man of ${20 + i}`),
        mentions: mentions.slice(0, 1),
      })),
    );
    const shown: string[] = [];
    let asked = 0;
    const watched: ExampleBank = {
      ...bank,
      async rank(query) {
        const note = asked++;
        const ranked = await bank.rank(query);
        shown.push(...ranked.map(({ example }) => `${note}: ${example.source}`));
        return ranked;
      },
    };
    const fewShot = fewShotOf(watched, { examples: 3 });
    const few: ExtractSettings = { ...settings, paradigm: "few", fewShot };
    const rows = [{ spec: "few", settings: () => few, model: "stock" }];
    const table = await evaluateRuns(gold.slice(0, 3), rows, {
      ...reading,
      open: async () => stockModel(() => []),
    });
    expect(table.runs[0]?.error).toBeNull();
    // Each note is one window, so each asks once.
    expect(asked).toBe(3);
    expect(shown).toEqual(expect.arrayContaining(["0: n1", "1: n0", "2: n0", "2: n1"]));
    for (const own of ["0: n0", "1: n1", "2: n2"]) expect(shown).not.toContain(own);
  });

  test("stop when they are called off", async () => {
    const stop = new AbortController();
    const rows = [{ spec: "tuned", settings: () => settings, model: "base" }] as const;
    const running = evaluateRuns(gold, rows, {
      ...reading,
      open: async (model) => models[model](),
      signal: stop.signal,
      onDone: () => stop.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: "NG-CANCELLED" });
  });
});
