import { describe, expect, test } from "vitest";
import type { EvaluationState } from "#contract/evaluation.ts";
import { type FakeModelsOptions, fakeModels } from "../../e2e/support/fakeModels.ts";
import { isIdle, type OpenedBackend, openBackend } from "../../test/support/openedBackend.ts";
import { annotated } from "../../test/support/openedBank.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { createGate } from "./gate.ts";
import { pausable } from "./pausable.ts";
import type { ModelLibrary } from "./ports.ts";

const note = (i: number) => `Note ${i}. Severe chest pain today; took aspirin 81 mg.\n`;

/** The fake model with its adapter, the adapters with which it was opened, and a gate before its every call. */
function library(options: FakeModelsOptions = {}) {
  const fake = fakeModels({ withAdapter: true, ...options });
  const opened: (string | null)[] = [];
  const gate = createGate();
  const models: ModelLibrary = {
    ...fake,
    open: async (use) => {
      opened.push(use.adapterId);
      return pausable(await fake.open(use), gate, new AbortController().signal);
    },
  };
  return { models, opened, gate };
}

/** Reads notes and accepts all that was found, but for the notes named. */
async function review(app: OpenedBackend, count: number, but: readonly number[] = []): Promise<string[]> {
  const names = Array.from({ length: count }, (_, i) => i);
  const fates = await app.bring(Object.fromEntries(names.map((i) => [`n${i}.txt`, note(i)])));
  await app.queueWhere((queue) => queue.items.length === count && isIdle(queue));
  const ids = fates.map((fate) => fate.documentId ?? "");
  for (const [i, documentId] of ids.entries()) {
    if (but.includes(i)) continue;
    const { entities } = await app.ask("documents.get", { documentId });
    const actions = entities.map(({ id }) => ({ kind: "accept", entityId: id }) as const);
    await app.ask("review.apply", { documentId, actions });
  }
  return ids;
}

function stateWhere(app: OpenedBackend, is: (state: EvaluationState) => boolean): Promise<EvaluationState> {
  return new Promise((resolve) => {
    const stop = app.backend.on("evaluation", (state) => {
      if (!is(state)) return;
      stop();
      resolve(state);
    });
  });
}

const tuned = { modelId: "fake", adapterId: null, paradigm: "tuned", select: null } as const;
const weak = { ...tuned, adapterId: "weak" } as const;

describe("comparing systems on reviewed notes", () => {
  test("only notes reviewed to the end can be chosen", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    const ids = await review(app, 3, [1]);
    const notes = await app.ask("evaluation.notes", {});
    expect(notes.map(({ name }) => name).sort()).toEqual(["n0.txt", "n2.txt"]);
    expect(notes[0]?.entities).toBeGreaterThan(3);
    const request = { documentIds: ids, rows: [tuned] };
    await expect(app.ask("evaluation.start", request)).rejects.toThrow("NG-UNREVIEWED");
    expect((await app.ask("evaluation.state", {})).phase).toBe("idle");
  });

  test("rows are scored against what the person left, compared, and kept over a restart", async () => {
    using folder = temporaryFolder();
    const path = folder.file("cases.db");
    const { models, opened } = library();
    let kept: unknown;
    {
      await using app = await openBackend(path, { models });
      const documentIds = await review(app, 8);
      const finished = stateWhere(app, ({ phase }) => phase === "idle");
      const zero = { ...tuned, paradigm: "zero" } as const;
      const started = await app.ask("evaluation.start", { documentIds, rows: [weak, zero, tuned] });
      expect(started).toMatchObject({ rows: 3, documents: 8, error: null });
      expect(started.phase).not.toBe("idle");
      expect(await finished).toMatchObject({ phase: "idle", error: null });
      const [result] = await app.ask("evaluation.list", {});
      expect(result?.documentIds).toEqual(documentIds);
      expect(result?.rows.map(({ model, adapter, error }) => [model, adapter, error?.code])).toEqual([
        ["fake", "weak", undefined],
        ["fake", null, "NG-MODEL-UNFIT"],
        ["fake", null, undefined],
      ]);
      const [poor, , good] = result?.rows ?? [];
      expect(good?.scores?.micro).toMatchObject({ f1: 1, ci95: [1, 1] });
      expect(poor?.scores?.micro.f1).toBe(0.5);
      expect(result?.comparisons).toMatchObject([{ first: "0", second: "2" }]);
      expect(result?.comparisons[0]?.pHolm).toBeLessThan(0.05);
      expect(opened).toEqual([null, "weak", null]);
      kept = result;
    }
    await using again = await openBackend(path, { models });
    expect(await again.ask("evaluation.list", {})).toEqual([kept]);
    expect(await again.ask("evaluation.delete", { evaluationId: 1 })).toEqual([]);
  });

  test("what a system learned is left out for all of them, and told", async () => {
    using folder = temporaryFolder();
    const { models } = library({ learned: [note(0).replaceAll("\n", "\r\n"), note(2), "Another note."] });
    await using app = await openBackend(folder.file("cases.db"), { models });
    const documentIds = await review(app, 4);
    const [first, , third] = documentIds;
    const finished = stateWhere(app, ({ phase }) => phase === "idle");
    const started = await app.ask("evaluation.start", { documentIds, rows: [tuned, weak] });
    expect(started).toMatchObject({ documents: 2 });
    await finished;
    const [result] = await app.ask("evaluation.list", {});
    expect(result?.leftOut).toEqual([first, third]);
    expect(result?.documentIds).toEqual([documentIds[1], documentIds[3]]);
    expect(result?.rows.map(({ learned, scores }) => [learned, scores?.documents])).toEqual([
      [0, 2],
      [2, 2],
    ]);
    const { files } = await app.ask("evaluation.export", { evaluationId: 1, format: "csv" });
    expect(files[0]?.content).toMatch(/\r\ntuned,fake,weak,,,[^\r]*,,2,2\r/);
    // Without the adapter there is nothing to leave out.
    const again = stateWhere(app, ({ phase }) => phase === "idle");
    await app.ask("evaluation.start", { documentIds, rows: [tuned] });
    await again;
    const [alone] = await app.ask("evaluation.list", {});
    expect([alone?.documentIds, alone?.leftOut, alone?.rows[0]?.learned]).toEqual([documentIds, [], 0]);
  });

  test("where all was learned, nothing is compared", async () => {
    using folder = temporaryFolder();
    const { models } = library({ learned: [note(0), note(1)] });
    await using app = await openBackend(folder.file("cases.db"), { models });
    const documentIds = await review(app, 2);
    const request = { documentIds, rows: [tuned, weak] };
    await expect(app.ask("evaluation.start", request)).rejects.toThrow("NG-LEARNED");
    expect((await app.ask("evaluation.state", {})).phase).toBe("idle");
  });

  test("a queue note that comes meanwhile waits, and is then read with the chosen model", async () => {
    using folder = temporaryFolder();
    const { models, opened } = library({ delay: 5 });
    await using app = await openBackend(folder.file("cases.db"), { models });
    const documentIds = await review(app, 2);
    const finished = stateWhere(app, ({ phase }) => phase === "idle");
    await app.ask("evaluation.start", { documentIds, rows: [tuned, weak] });
    await app.bring({ "late.txt": "Fever and cough." });
    await finished;
    await app.queueWhere((queue) => queue.items.length === 3 && isIdle(queue));
    expect(opened).toEqual([null, "weak", null]);
  });

  test("stops when called off, whatever the model is at, keeps nothing, and can begin anew", async () => {
    using folder = temporaryFolder();
    const { models, gate } = library();
    await using app = await openBackend(folder.file("cases.db"), { models });
    const documentIds = await review(app, 2);
    gate.close();
    const reading = stateWhere(app, ({ phase }) => phase === "reading");
    await app.ask("evaluation.start", { documentIds, rows: [tuned] });
    await reading;
    expect(await app.ask("evaluation.start", { documentIds, rows: [weak] })).toMatchObject({ rows: 1 });
    const stopped = stateWhere(app, ({ phase }) => phase === "idle");
    await app.ask("evaluation.cancel", {});
    expect(await stopped).toMatchObject({ error: null });
    expect(await app.ask("evaluation.list", {})).toEqual([]);
    // Only now does the model answer.
    gate.open();
    const finished = stateWhere(app, ({ phase }) => phase === "idle");
    await app.ask("evaluation.start", { documentIds, rows: [weak] });
    await finished;
    expect(await app.ask("evaluation.list", {})).toHaveLength(1);
  });

  test("a row by examples says so where there are none yet", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    const documentIds = await review(app, 1);
    const finished = stateWhere(app, ({ phase }) => phase === "idle");
    const few = { ...tuned, paradigm: "few", select: "bm25" } as const;
    await app.ask("evaluation.start", { documentIds, rows: [few, tuned] });
    await finished;
    const [result] = await app.ask("evaluation.list", {});
    expect(result?.rows.map(({ error }) => error?.code)).toEqual(["NG-BANK", undefined]);
  });

  test("a row by examples tells which of them were not read for all types", async () => {
    using folder = temporaryFolder();
    const { models } = library({ exampleTokens: 2000 });
    await using app = await openBackend(folder.file("cases.db"), { models });
    const documentIds = await review(app, 1);
    const file = annotated("bc.iob", "Zorbital\tB-Chemical\nfor\tO\ngout\tO\n");
    await app.ask("examples.import", { files: [file] });
    await app.ask("examples.relabel", { label: "Chemical", type: "Medication" });
    const finished = stateWhere(app, ({ phase }) => phase === "idle");
    const few = { ...tuned, paradigm: "few", select: "bm25" } as const;
    await app.ask("evaluation.start", { documentIds, rows: [few, tuned] });
    await finished;
    const [result] = await app.ask("evaluation.list", {});
    expect(result?.rows.map(({ unread }) => unread?.examples)).toEqual([1, undefined]);
    expect(result?.rows[0]?.unread?.types).toContain("Sign_symptom");
    expect(result?.rows[0]?.unread?.types).not.toContain("Medication");
  });

  test("what makes no sense is refused", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    const documentIds = await review(app, 1);
    const start = (rows: object[]) =>
      app.ask("evaluation.start", { documentIds, rows: rows as (typeof tuned)[] });
    await expect(start([])).rejects.toThrow("NG-REQUEST");
    await expect(start([tuned, tuned])).rejects.toThrow("NG-REQUEST");
    await expect(start([{ ...tuned, select: "bm25" }])).rejects.toThrow("NG-REQUEST");
    await expect(start([{ ...tuned, paradigm: "few" }])).rejects.toThrow("NG-REQUEST");
    await expect(start([{ ...tuned, modelId: "gone" }])).rejects.toThrow("NG-MODEL-MISSING");
    await expect(app.ask("evaluation.export", { evaluationId: 7, format: "csv" })).rejects.toThrow(
      "NG-NOT-FOUND",
    );
    expect((await app.ask("evaluation.state", {})).phase).toBe("idle");
  });

  test("a comparison leaves as a table or as JSON, without words of a note", async () => {
    using folder = temporaryFolder();
    const { models } = library();
    await using app = await openBackend(folder.file("cases.db"), { models });
    const documentIds = await review(app, 2);
    const finished = stateWhere(app, ({ phase }) => phase === "idle");
    await app.ask("evaluation.start", { documentIds, rows: [tuned, { ...tuned, paradigm: "zero" }] });
    await finished;
    const save = (format: "csv" | "json") => app.ask("evaluation.export", { evaluationId: 1, format });
    const csv = (await save("csv")).files[0];
    expect(csv?.name).toBe("notegrain-comparison-1.csv");
    const [head, first, second] = csv?.content.split("\r\n") ?? [];
    expect(head).toBe(
      "system,model,adapter,selector,type,precision,recall,f1,f1_low,f1_high,gold,seconds_per_note,error,learned,left_out",
    );
    expect(first).toMatch(/^tuned,fake,,,,1,1,1,1,1,\d+,[\d.]+,,,0$/);
    expect(second).toMatch(/^tuned,fake,,,Sign_symptom,1,1,1,,,\d+,,,,$/);
    expect(csv?.content).toMatch(/\r\nzero,fake,,,,,,,,,,,"?NG-MODEL-UNFIT[^\r]*,,0\r/);
    const json = (await save("json")).files[0];
    expect(JSON.parse(json?.content ?? "")).toEqual((await app.ask("evaluation.list", {}))[0]);
    expect(`${csv?.content}${json?.content}`).not.toMatch(/aspirin|chest/i);
  });
});
