import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ExportFormat } from "#contract/records.ts";
import { isIdle, type OpenedBackend, openBackend } from "../../test/support/openedBackend.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";

const everything = { filter: {}, withText: false };

/** Two notes that were read. */
async function readNotes(app: OpenedBackend): Promise<string[]> {
  const fates = await app.bring({
    "a.txt": "Severe chest pain today. Metoprolol 25 mg daily.",
    "b.txt": "No fever. 胸痛两天。",
  });
  await app.queueWhere(isIdle);
  return fates.map(({ documentId }) => documentId ?? "");
}

describe("an export", () => {
  test.each<[ExportFormat, string[], string[]]>([
    ["json", ["a.json"], ["notegrain.json"]],
    ["csv", ["a.csv"], ["notegrain.csv"]],
    ["fhir", ["a.fhir.json"], ["notegrain.fhir.ndjson"]],
    ["brat", ["a.ann", "a.txt"], ["a.ann", "a.txt", "b.ann", "b.txt"]],
    ["html", ["a.html"], ["a.html", "b.html"]],
  ])(
    "as %s is named after its note, or is one file for several where that is possible",
    async (format, one, many) => {
      using folder = temporaryFolder();
      await using app = await openBackend(folder.file("cases.db"));
      const [first = "", second = ""] = await readNotes(app);
      const names = async (documentIds: string[]) =>
        (await app.ask("export.preview", { documentIds, format, ...everything })).files.map(
          ({ name }) => name,
        );
      expect(await names([first])).toEqual(one);
      expect(await names([first, second])).toEqual(many);
    },
  );

  test("holds what the filter leaves, and what was previewed is what is saved", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    const [documentId = ""] = await readNotes(app);
    const request = {
      documentIds: [documentId],
      format: "json" as const,
      filter: { types: ["Medication"] },
      withText: true,
    };
    const preview = await app.ask("export.preview", request);
    const whole = JSON.parse(preview.files[0]?.content ?? "");
    expect(whole.entities.map(({ text }: { text: string }) => text)).toEqual(["Metoprolol"]);
    expect(whole.document.text).toContain("Severe chest pain");
    expect(preview.entities).toBe(1);
    const saved = await app.ask("export.save", request);
    expect(saved).toMatchObject({ saved: false, files: preview.files });
  });

  test("a training pack holds the notes that were decided to the end, whole, whatever the filter", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    const documentIds = await readNotes(app);
    const [reviewed = ""] = documentIds;
    const request = {
      documentIds,
      format: "training" as const,
      filter: { types: ["Medication"] },
      withText: false,
    };
    await expect(app.ask("export.preview", request)).rejects.toThrow("NG-UNREVIEWED");
    const { entities } = await app.ask("documents.get", { documentId: reviewed });
    const actions = entities.map(({ id }) => ({ kind: "accept", entityId: id }) as const);
    await app.ask("review.apply", { documentId: reviewed, actions });
    const { documents } = await app.ask("export.preview", request);
    expect(documents).toBe(1);
    const { files, record } = await app.ask("export.save", request);
    expect(files.map(({ name, mediaType }) => [name, mediaType])).toEqual([
      ["manifest.json", "application/json"],
      [`${reviewed}.ann`, "text/plain"],
      [`${reviewed}.txt`, "text/plain"],
    ]);
    expect(files[1]?.content.match(/^T/gm)).toHaveLength(entities.length);
    expect(record).toMatchObject({
      format: "training",
      documents: 1,
      entities: entities.length,
      filter: {},
    });
  });

  test("is recorded with its filter, its files and how much it held", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    const documentIds = await readNotes(app);
    const filter = { types: ["Sign_symptom"], minConfidence: 0.1 };
    const { record } = await app.ask("export.save", { documentIds, format: "csv", filter, withText: false });
    expect(record).toMatchObject({ format: "csv", documents: 2, filter, files: ["notegrain.csv"] });
    expect(record?.entities).toBeGreaterThan(1);
    await app.ask("export.save", { documentIds: documentIds.slice(0, 1), format: "brat", ...everything });
    const history = await app.ask("export.history", { documentIds });
    expect(history.map(({ format, files }) => [format, files])).toEqual([
      ["brat", ["a.ann", "a.txt"]],
      ["csv", ["notegrain.csv"]],
    ]);
    expect(history[1]).toEqual(record);
  });

  test("of notes that no model has read says so", async () => {
    using folder = temporaryFolder();
    await using app = await openBackend(folder.file("cases.db"));
    await app.ask("settings.set", { autoRun: false });
    const [fate] = await app.bring({ "a.txt": "Cough." });
    const request = { documentIds: [fate?.documentId ?? ""], format: "csv" as const, ...everything };
    await expect(app.ask("export.preview", request)).rejects.toThrow("NG-NOT-READ");
  });

  test("into a place that refuses is no export: it is told, not recorded, and what was stored is safe", async () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file("in-the-way"), "");
    const dialogs = {
      openPaths: async () => null,
      savePath: async () => folder.file("in-the-way/a.csv"),
      saveFolder: async () => null,
      drag: () => {},
      dragFolder: async () => folder.file("drag"),
    };
    await using app = await openBackend(folder.file("cases.db"), { dialogs });
    const documentIds = (await readNotes(app)).slice(0, 1);
    const request = { documentIds, format: "csv" as const, ...everything };
    await expect(app.ask("export.save", request)).rejects.toThrow("NG-WRITE");
    expect(await app.ask("export.history", { documentIds })).toEqual([]);
    // Dragging it out goes elsewhere, and is an export.
    mkdirSync(folder.file("drag"));
    expect(await app.ask("export.drag", request)).toEqual({ started: true });
    expect(readdirSync(folder.file("drag"))).toEqual(["a.csv"]);
    expect(readFileSync(folder.file("drag/a.csv"), "utf8")).toContain("Metoprolol");
    expect(await app.ask("export.history", { documentIds })).toMatchObject([{ files: ["a.csv"] }]);
  });

  test("that was called off leaves no trace", async () => {
    using folder = temporaryFolder();
    const dialogs = {
      openPaths: async () => null,
      savePath: async () => null,
      saveFolder: async () => null,
      drag: () => {},
      dragFolder: async () => "",
    };
    await using app = await openBackend(folder.file("cases.db"), { dialogs });
    const documentIds = await readNotes(app);
    const request = { documentIds, format: "brat" as const, ...everything };
    expect(await app.ask("export.save", request)).toEqual({ saved: null, files: [], record: null });
    expect(await app.ask("export.history", { documentIds })).toEqual([]);
  });
});
