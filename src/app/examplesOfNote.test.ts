import { describe, expect, test } from "vitest";
import { fakeEmbedding } from "../../test/support/fakeEmbedding.ts";
import { isIdle } from "../../test/support/openedBackend.ts";
import { annotated, openBank, readNote } from "../../test/support/openedBank.ts";

describe("reading a note with examples", () => {
  test("a note is read with its examples; again without one; pinned and banned ones are heard", async () => {
    await using opened = await openBank();
    const { app } = opened;
    const documentId = await readNote(app, "A cough for three days. Aspirin was given.");
    const used = async () => {
      const shown = await app.ask("examples.used", { documentId });
      return shown?.used.map(({ example }) => example?.text) ?? null;
    };
    const before = await app.ask("examples.used", { documentId });
    expect(before?.used).toHaveLength(3);
    expect(before?.used[0]?.similarity).toBeGreaterThan(0);
    const drug = before?.used.find(({ example }) => example?.text.includes("aspirin"));
    await app.ask("examples.rerun", { documentId, without: [drug?.id ?? ""] });
    await app.queueWhere(isIdle);
    expect(await used()).not.toContain("He took aspirin daily at home.");
    expect(await used()).toHaveLength(2);
    await app.ask("examples.mark", { ids: [drug?.id ?? ""], isPinned: true });
    await app.ask("settings.set", { examples: 1 });
    await app.ask("queue.start", { documentIds: [documentId] });
    await app.queueWhere(isIdle);
    expect(await used()).toEqual(["He took aspirin daily at home."]);
    await app.ask("examples.delete", { ids: [drug?.id ?? ""] });
    expect(await used()).toEqual([undefined]);
    const { run } = await app.ask("documents.get", { documentId });
    expect(run?.info).toMatchObject({ paradigm: "few", bank: "examples" });
  });

  test("vectors are made when they are needed, with progress, and only those that are missing", async () => {
    await using opened = await openBank(async () => fakeEmbedding(["cough", "aspirin", "fever"]));
    const { app } = opened;
    const indexed: number[] = [];
    app.backend.on("examples", ({ indexing }) => indexing && indexed.push(indexing.total));
    await app.ask("settings.set", { select: "sentence", examples: 1 });
    const documentId = await readNote(app, "Aspirin tomorrow.");
    const shown = await app.ask("examples.used", { documentId });
    expect(shown?.used.map(({ example }) => example?.text)).toEqual(["He took aspirin daily at home."]);
    expect(indexed).toEqual([3]);
    await app.ask("examples.import", { files: [annotated("c.iob", "Chills\tB-Sign_symptom\n")] });
    await app.ask("queue.start", { documentIds: [documentId] });
    await app.queueWhere(isIdle);
    expect(indexed).toEqual([3, 1]);
  });

  test("what a small room leaves out is counted for the note", async () => {
    await using opened = await openBank();
    const { app } = opened;
    await app.ask("settings.set", { examplesBudget: 60 });
    const documentId = await readNote(app, "A cough for three days. Aspirin was given.");
    const shown = await app.ask("examples.used", { documentId });
    expect(shown).toMatchObject({ askedTokens: 60, budgetTokens: 60 });
    expect(shown?.leftOut).toBe(3 - (shown?.used.length ?? 0));
    expect(shown?.leftOut).toBeGreaterThan(0);
  });

  test("without an encoder a run that needs one fails with a code, and words still serve", async () => {
    await using opened = await openBank(() => Promise.reject(new Error("no encoder here")));
    const { app } = opened;
    await app.ask("settings.set", { select: "token" });
    const { vectors } = await app.ask("examples.state", {});
    expect(vectors?.error?.code).toBe("NG-INTERNAL");
    const [fate] = await app.bring({ "note.txt": "A cough." });
    const documentIds = [fate?.documentId ?? ""];
    await app.ask("queue.start", { documentIds });
    const failed = await app.queueWhere(isIdle);
    expect(failed.items[0]?.error?.code).toBe("NG-INTERNAL");
    await app.ask("settings.set", { select: "bm25" });
    await app.ask("queue.start", { documentIds });
    expect(
      (await app.queueWhere((queue) => isIdle(queue) && queue.items[0]?.state === "done")).items,
    ).toHaveLength(1);
  });
});
