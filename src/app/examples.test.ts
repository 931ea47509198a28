import { describe, expect, test } from "vitest";
import { openStore } from "#store/openStore.ts";
import { plantExample } from "../../test/support/examples.ts";
import { fakeEmbedding } from "../../test/support/fakeEmbedding.ts";
import { isIdle, type OpenedBackend, openBackend } from "../../test/support/openedBackend.ts";
import { annotated, brat, openBank, readNote } from "../../test/support/openedBank.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";

const all = { search: "", type: null, marked: null, offset: 0, limit: 100 } as const;

const texts = async (
  app: OpenedBackend,
  more: Partial<Parameters<typeof app.ask<"examples.list">>[1]> = {},
) => (await app.ask("examples.list", { ...all, ...more })).examples.map(({ text }) => text);

describe("the example bank of the app", () => {
  test("brat and IOB files become sentences with their gold, each once", async () => {
    await using opened = await openBank();
    const { app } = opened;
    expect(await texts(app)).toEqual([
      "She had a dry cough.",
      "He took aspirin daily at home.",
      "Fever for two days",
    ]);
    expect(await app.ask("examples.import", { files: brat })).toMatchObject({ added: 0, known: 2 });
    expect(await texts(app, { search: "aspirin" })).toEqual(["He took aspirin daily at home."]);
    expect(await texts(app, { type: "Duration" })).toEqual(["Fever for two days"]);
    expect((await app.ask("examples.list", { ...all, search: "aspirin" })).size).toBe(3);
  });

  test("what cannot be used is told, and the rest is kept", async () => {
    await using opened = await openBank();
    const files = [
      annotated("alone.ann", "T1\tAge 0 1\tx\n"),
      annotated("broken.iob", "no tag here\n"),
      { name: "latin.iob", bytes: Uint8Array.of(0xe9, 0x20, 0x4f) },
      annotated("inside.txt", "Severe headache since Monday morning."),
      annotated("inside.ann", "T1\tSign_symptom 7 11\thead\n"),
      annotated("good.iob", "Nausea\tB-Sign_symptom\n"),
    ];
    const { added, errors, unfit } = await opened.app.ask("examples.import", { files });
    expect(added).toBe(1);
    expect(errors.map(({ code, params }) => [code, params.name, params.count])).toEqual([
      ["NG-GOLD", "alone.ann", undefined],
      ["NG-GOLD", "broken", undefined],
      ["NG-ENCODING", "latin.iob", undefined],
      ["NG-EXAMPLES", "inside.ann", 1],
    ]);
    expect(unfit).toEqual([
      {
        name: "inside.ann",
        text: "Severe headache since Monday morning.",
        spans: [{ type: "Sign_symptom", start: 7, end: 11 }],
        fault: "EXAMPLE-INSIDE-WORD",
      },
    ]);
  });

  test("near-duplicates among what an import brings are counted, of the bank and of itself", async () => {
    await using opened = await openBank();
    const files = [
      annotated("c.txt", "He took aspirin, daily, at home. The wound is dry. The wound is dry!"),
      annotated("c.ann", "T1\tMedication 8 15\taspirin\n"),
    ];
    const report = await opened.app.ask("examples.import", { files });
    expect(report).toMatchObject({ added: 3, known: 0, nearDuplicates: 2 });
    expect(await opened.app.ask("examples.import", { files })).toMatchObject({ added: 0, nearDuplicates: 0 });
  });

  test("an example is edited, marked and deleted; spans that leave the text are refused", async () => {
    await using opened = await openBank();
    const { app } = opened;
    const [cough] = (await app.ask("examples.list", all)).examples;
    const id = cough?.id ?? "";
    const spans = [{ type: "Sign_symptom", start: 10, end: 19 }];
    await expect(app.ask("examples.edit", { id, text: "She had", spans })).rejects.toThrow("NG-EXAMPLES");
    const told = app.next("examples");
    const edited = await app.ask("examples.edit", { id, text: cough?.text ?? "", spans });
    expect(await told).toEqual({ indexing: null });
    expect(edited).toMatchObject({ text: cough?.text, spans, source: "a" });
    await app.ask("examples.mark", { ids: [edited.id], isBanned: true });
    expect(await texts(app, { marked: "banned" })).toEqual([cough?.text]);
    await app.ask("examples.delete", { ids: [edited.id] });
    expect(await texts(app)).toHaveLength(2);
    await expect(app.ask("examples.edit", { id, text: "x", spans: [] })).rejects.toThrow("NG-NOT-FOUND");
  });

  test("names of a corpus that are no types are told, and become the type that a person says", async () => {
    await using opened = await openBank();
    const { app } = opened;
    const files = [annotated("bc.iob", "Zorbital\tB-Chemical\nfor\tO\ngout\tB-Disease\n")];
    await app.ask("examples.import", { files });
    const foreign = async () => (await app.ask("examples.state", {})).foreignLabels;
    expect(await foreign()).toEqual([
      { label: "Chemical", marks: 1 },
      { label: "Disease", marks: 1 },
    ]);
    const told = app.next("examples");
    await app.ask("examples.relabel", { label: "Chemical", type: "Medication" });
    expect(await told).toEqual({ indexing: null });
    expect(await foreign()).toEqual([{ label: "Disease", marks: 1 }]);
    expect(await texts(app, { type: "Medication" })).toEqual([
      "He took aspirin daily at home.",
      "Zorbital for gout",
    ]);
    // A type that the user adds is none of a stranger.
    const own = { name: "Disease", definition: "A named disease.", examples: [] };
    await app.ask("settings.set", { ownTypes: [own] });
    expect(await foreign()).toEqual([]);
  });

  test("files with names of their own count as read for these, under whatever type they come to mean", async () => {
    await using opened = await openBank();
    const { app } = opened;
    const groups = async () => (await app.ask("examples.state", {})).readGroups;
    const files = [
      annotated(
        "bc.iob",
        "Zorbital\tB-Chemical\nfor\tO\ngout\tB-Disease\n\nNo\tO\nnew\tO\npain\tO\ntoday\tO\n",
      ),
    ];
    await app.ask("examples.import", { files });
    expect(await groups()).toEqual([{ types: ["Chemical", "Disease"], examples: 2 }]);
    await app.ask("examples.relabel", { label: "Chemical", type: "Medication" });
    expect(await groups()).toEqual([{ types: ["Disease", "Medication"], examples: 2 }]);
    const documentId = await readNote(app, "Zorbital was given for a dry cough.");
    const shown = await app.ask("examples.used", { documentId });
    expect(shown?.used.map(({ source }) => source)).not.toContain("bc-0001");
    expect(shown).toMatchObject({ unread: 2 });
    expect(shown?.unreadTypes).toContain("Sign_symptom");
    expect(shown?.unreadTypes).not.toContain("Medication");
    const told = app.next("examples");
    await app.ask("examples.readForAll", { types: ["Medication", "Disease"] });
    expect(await told).toEqual({ indexing: null });
    expect(await groups()).toEqual([]);
  });

  test("a training pack tells what its notes were read for", async () => {
    await using opened = await openBank();
    const { app } = opened;
    const documents = [{ name: "p", types: ["Medication"] }];
    const manifest = (text: string) => annotated("pack/manifest.json", text);
    const note = [
      annotated("pack/p.txt", "She takes aspirin every day."),
      annotated("pack/p.ann", "T1\tMedication 10 17\taspirin\n"),
    ];
    const files = [manifest(JSON.stringify({ schema: "notegrain/training@1", documents })), ...note];
    expect(await app.ask("examples.import", { files })).toMatchObject({ added: 1, errors: [] });
    expect((await app.ask("examples.state", {})).readGroups).toEqual([
      { types: ["Medication"], examples: 1 },
    ]);
    const damaged = await app.ask("examples.import", { files: [manifest("{"), ...note] });
    expect(damaged).toMatchObject({ known: 1, errors: [{ code: "NG-GOLD" }] });
  });

  test("a bank of which nothing was read for what is wanted is shown all the same, and that is told", async () => {
    await using opened = await openBank();
    const { app } = opened;
    const { examples } = await app.ask("examples.list", all);
    await app.ask("examples.delete", { ids: examples.map(({ id }) => id) });
    await app.ask("examples.import", { files: [annotated("bc.iob", "Zorbital\tB-Chemical\n")] });
    const documentId = await readNote(app, "Zorbital was given.");
    expect((await app.ask("documents.get", { documentId })).status).toBe("done");
    expect(await app.ask("examples.used", { documentId })).toMatchObject({ used: [{}], unread: 1 });
  });

  test("reviewed notes become examples, follow their corrections and never serve themselves", async () => {
    await using opened = await openBank();
    const { app } = opened;
    const documentId = await readNote(
      app,
      "Severe chest pain today after lunch. Metoprolol was given again.",
    );
    expect((await app.ask("examples.importReviewed", {})).added).toBe(0);
    const { entities } = await app.ask("documents.get", { documentId });
    const accept = entities.map(({ id }) => ({ kind: "accept", entityId: id }) as const);
    await app.ask("review.apply", { documentId, actions: accept });
    expect(await app.ask("examples.importReviewed", {})).toMatchObject({ added: 2, known: 0 });
    expect(await app.ask("examples.importReviewed", {})).toMatchObject({ added: 0, known: 2 });
    const drug = entities.find(({ type }) => type === "Medication")?.id ?? "";
    await app.ask("review.apply", { documentId, actions: [{ kind: "reject", entityId: drug }] });
    expect(await app.ask("examples.importReviewed", {})).toMatchObject({ added: 1, known: 1 });
    const found = await app.ask("examples.list", { ...all, search: "metoprolol" });
    expect(found.examples.map(({ spans, sourceName }) => [spans.length, sourceName])).toEqual([
      [0, "note.txt"],
    ]);
    await app.ask("queue.start", { documentIds: [documentId] });
    await app.queueWhere(isIdle);
    const shown = await app.ask("examples.used", { documentId });
    expect(shown?.used.map(({ source }) => source)).not.toContain(documentId);
    expect(shown?.used).toHaveLength(3);
  });

  test("vectors of another length are told and made anew when asked, and so are missing ones", async () => {
    using folder = temporaryFolder();
    const open = (...axes: string[]) =>
      openBackend(folder.file("cases.db"), { encoder: async () => fakeEmbedding(axes, axes.join()) });
    const vectors = async (app: OpenedBackend) => (await app.ask("examples.state", {})).vectors;
    {
      await using app = await open("cough");
      await app.ask("examples.import", { files: brat });
      expect(await vectors(app)).toBeNull();
      await app.ask("settings.set", { select: "sentence" });
      const before = { dimension: 2, otherDimension: null, missing: 2, indexing: null, error: null };
      expect(await vectors(app)).toEqual(before);
      expect((await app.ask("examples.index", {})).vectors).toEqual({ ...before, missing: 0 });
    }
    await using app = await open("cough", "aspirin");
    const before = { dimension: 3, otherDimension: 2, missing: 2, indexing: null, error: null };
    expect(await vectors(app)).toEqual(before);
    const told = app.next("examples");
    expect((await app.ask("examples.index", {})).vectors).toEqual({
      ...before,
      otherDimension: null,
      missing: 0,
    });
    expect(await told).toEqual({ indexing: { done: 2, total: 2 } });
  });

  test("stored examples that do not fit their text are named, and mended or deleted they are gone", async () => {
    using folder = temporaryFolder();
    const store = await openStore(folder.file("cases.db"));
    const bad = { ...plantExample("mild headache", "x"), spans: [{ type: "A", start: 0, end: 99 }] };
    store.addExamples([
      { ...bad, origin: "gold" },
      { ...plantExample("⟦cough|A⟧ here"), origin: "gold" },
    ]);
    store.close();
    await using app = await openBackend(folder.file("cases.db"));
    const state = await app.ask("examples.state", {});
    expect(state).toMatchObject({
      unfitTotal: 1,
      unfit: [{ example: { id: bad.id, text: "mild headache" }, fault: "EXAMPLE-OUTSIDE" }],
    });
    const spans = [{ type: "Sign_symptom", start: 5, end: 13 }];
    await app.ask("examples.edit", { id: bad.id, text: bad.text, spans });
    expect(await app.ask("examples.state", {})).toMatchObject({ unfitTotal: 0, unfit: [] });
  });
});
