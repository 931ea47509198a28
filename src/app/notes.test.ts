import { mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isIdle, openBackend } from "../../test/support/openedBackend.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("bringing notes in", () => {
  test("each file has its own fate, and one that fails stops no other", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    const fates = await app.ask("notes.import", {
      files: [
        { name: "good.txt", bytes: bytes("Chest pain.") },
        { name: "empty.txt", bytes: bytes("") },
        { name: "blank.txt", bytes: bytes(" \r\n\t") },
        { name: "scan.png", bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
        { name: "ward/scan.png", bytes: Uint8Array.from([0x89, 0x50]) },
        { name: "latin.txt", bytes: Uint8Array.from([0x63, 0xe9, 0x20]) },
        { name: "huge.txt", bytes: new Uint8Array(64 * 1024 * 1024 + 1) },
        { name: "ward/two.txt", bytes: bytes("Cough.") },
      ],
      caseId: null,
    });
    expect(fates.map(({ name, outcome, error }) => [name, outcome, error?.code])).toEqual([
      ["good.txt", "added", undefined],
      ["empty.txt", "failed", "NG-EMPTY"],
      ["blank.txt", "failed", "NG-EMPTY"],
      ["scan.png", "failed", "NG-BINARY"],
      ["scan.png", "skipped", undefined],
      ["latin.txt", "failed", "NG-ENCODING"],
      ["huge.txt", "failed", "NG-TOO-LARGE"],
      ["two.txt", "added", undefined],
    ]);
  });

  test("the same note twice is told and not kept twice, and is not read again", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    const [first] = await app.bring({ "a.txt": "Chest pain." });
    await app.queueWhere(isIdle);
    await app.ask("queue.clearFinished", {});
    const [second] = await app.bring({ "a.txt": "Chest pain." });
    expect(second).toEqual({ ...first, outcome: "duplicate" });
    expect((await app.ask("queue.get", {})).items).toEqual([]);
  });

  test("the same note under another name is told, with the name that it is here under", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    const [first] = await app.bring({ "adm-17.txt": "Chest pain." });
    const [copy] = await app.bring({ "adm-17 (1).txt": "Chest pain." });
    expect(copy).toEqual({ ...first, name: "adm-17 (1).txt", outcome: "duplicate", knownAs: "adm-17.txt" });
    const page = { search: "", status: null, sort: "updated", offset: 0, limit: 10 } as const;
    expect((await app.ask("cases.list", page)).total).toBe(1);
  });

  test("into a case that is there, or that is not", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    const [first] = await app.bring({ "a.txt": "Chest pain." });
    const files = [{ name: "b.txt", bytes: bytes("Cough.") }];
    const caseId = first?.caseId ?? "";
    expect(await app.ask("notes.import", { files, caseId })).toMatchObject([{ outcome: "added", caseId }]);
    expect((await app.ask("cases.get", { caseId })).documents.map(({ name }) => name)).toEqual([
      "a.txt",
      "b.txt",
    ]);
    const more = [{ name: "c.txt", bytes: bytes("Fever.") }];
    for (const unknown of ["999", "x", "1e9"]) {
      expect(await app.ask("notes.import", { files: more, caseId: unknown })).toMatchObject([
        { outcome: "failed", error: { code: "NG-NOT-FOUND" } },
      ]);
    }
  });

  test("by the shell's dialog, a folder with a note that cannot be read and a picture", async () => {
    using folder = temporaryFolder();
    mkdirSync(folder.file("ward"));
    writeFileSync(folder.file("ward/a.txt"), "Chest pain.");
    writeFileSync(folder.file("ward/scan.png"), "no note");
    mkdirSync(folder.file("ward/.hidden"));
    const dialogs = {
      openPaths: async () => [folder.file("ward"), folder.file("gone.txt")],
      savePath: async () => null,
      saveFolder: async () => null,
      drag: () => {},
      dragFolder: async () => "",
    };
    await using app = await openBackend(folder.file("cases.db"), { dialogs });
    const fates = await app.ask("notes.importByDialog", { folders: true });
    expect(fates.map(({ name, outcome, error }) => [name, outcome, error?.code])).toEqual([
      ["a.txt", "added", undefined],
      ["scan.png", "skipped", undefined],
      ["gone.txt", "failed", "NG-READ"],
    ]);
  });

  test("a dialog that was called off brings nothing", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    expect(await app.ask("notes.importByDialog", { folders: false })).toEqual([]);
  });

  test.each(["en", "zh"] as const)("the example in %s is read like any other note", async (language) => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    const [fate] = await app.ask("notes.importExample", { language });
    await app.queueWhere(isIdle);
    const note = await app.ask("documents.get", { documentId: fate?.documentId ?? "" });
    expect(note).toMatchObject({ status: "done", language, name: `admission-${language}.txt` });
    expect(note.entities.length).toBeGreaterThan(10);
  });
});

describe("the list of cases", () => {
  test("is searched by words of the notes and shows where they stand", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    await app.bring({ "a.txt": "Severe chest pain today.", "b.txt": "患者胸痛两天。", "c.txt": "Cough." });
    const list = (search: string) =>
      app.ask("cases.list", { search, status: null, sort: "title", offset: 0, limit: 10 });
    for (const [search, title] of [
      ["chest", "a.txt"],
      ["胸痛", "b.txt"],
    ] as const) {
      const { total, cases } = await list(search);
      expect([total, cases[0]?.title]).toEqual([1, title]);
      const { text = "", start, end } = cases[0]?.snippet ?? {};
      expect(text.slice(start, end)).toBe(search);
    }
    expect((await list("c.txt")).cases.map(({ title }) => title)).toEqual(["c.txt"]);
    expect((await list("nowhere")).total).toBe(0);
  });

  test("knows a case as reviewed once every entity was decided", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    const [fate] = await app.bring({ "a.txt": "Cough today.", "b.txt": "Fever." });
    await app.queueWhere(isIdle);
    const documentId = fate?.documentId ?? "";
    const { entities } = await app.ask("documents.get", { documentId });
    const actions = entities.map(({ id }) => ({ kind: "accept" as const, entityId: id }));
    expect((await app.ask("review.apply", { documentId, actions })).status).toBe("reviewed");
    const reviewed = { search: "", status: "reviewed", sort: "title", offset: 0, limit: 10 } as const;
    expect((await app.ask("cases.list", reviewed)).cases).toMatchObject([
      { title: "a.txt", status: "reviewed", entities: entities.length, decided: entities.length },
    ]);
  });

  test("a note that no model has read cannot be corrected, and says what to do", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    await app.ask("settings.set", { autoRun: false });
    const [fate] = await app.bring({ "a.txt": "Cough." });
    const documentId = fate?.documentId ?? "";
    const action = { kind: "add" as const, type: "Sign_symptom", start: 0, end: 5 };
    await expect(app.ask("review.apply", { documentId, actions: [action] })).rejects.toThrow("NG-NOT-READ");
  });

  test("deleting says what went with the case", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    const [fate] = await app.bring({ "a.txt": "Cough today." });
    await app.queueWhere(isIdle);
    const caseId = fate?.caseId ?? "";
    expect(await app.ask("cases.rename", { caseId, title: "Bed 7" })).toMatchObject({ title: "Bed 7" });
    expect(await app.ask("cases.delete", { caseId })).toEqual({ documents: 1, runs: 1, corrections: 0 });
    await expect(app.ask("cases.get", { caseId })).rejects.toThrow("NG-NOT-FOUND");
  });
});
