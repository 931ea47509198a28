import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect as check, describe, it } from "vitest";
import type { ExportFormat } from "../src/contract/records.ts";
import type { TypedSpan } from "../src/core/evaluate/gold.ts";
import { readBratDocument } from "../src/core/evaluate/readBrat.ts";
import { casesPage } from "./pages/casesPage.ts";
import { deskPage } from "./pages/deskPage.ts";
import { framePage } from "./pages/framePage.ts";
import { type AppUnderTest, closeBrowser, startApp } from "./support/app.ts";
import { expect } from "./support/expect.ts";
import { readNote } from "./support/readNote.ts";

const note = "Chest pain for two days. Takes aspirin 100 mg daily. 胸痛，无发热。 🫀\nNo cough.";

let app: AppUnderTest;
let documentId: string;
let desk: ReturnType<typeof deskPage>;

beforeEach(async () => {
  app = await startApp();
  const read = await readNote(app, "adm-17.txt", note);
  documentId = read.documentId;
  desk = deskPage(app.page);
  await desk.open(read.caseId);
  await expect(desk.highlights.first()).toBeVisible();
});
afterEach(() => app.close());
afterAll(closeBrowser);

describe("an export", () => {
  it("is dragged out where the shell can do that, and nowhere else", async () => {
    await desk.press("e");
    await expect(desk.export.preview).toHaveText(/\S/);
    await expect(desk.export.handle).toHaveCount(0);
    await app.close();

    const folder = mkdtempSync(join(tmpdir(), "notegrain-drag-"));
    const dragged: string[] = [];
    const dialogs = {
      openPaths: async () => null,
      savePath: async (name: string) => join(folder, name),
      saveFolder: async () => folder,
      drag: (paths: readonly string[]) => void dragged.push(...paths),
      dragFolder: async () => folder,
    };
    app = await startApp({ dialogs });
    desk = deskPage(app.page);
    const read = await readNote(app, "adm-17.txt", note);
    await desk.open(read.caseId);
    await expect(desk.highlights.first()).toBeVisible();
    await desk.press("e");
    await desk.export.saveByDialog();
    await expect(desk.export.dialog).toContainText("Saved: adm-17.csv.");
    await desk.export.handle.dispatchEvent("dragstart");
    await expect.poll(() => dragged).toEqual([join(folder, "adm-17.csv")]);
    const expected = await app.ask("export.preview", {
      documentIds: [read.documentId],
      format: "csv",
      filter: {},
      withText: false,
    });
    expect(readFileSync(join(folder, "adm-17.csv"), "utf8")).toBe(expected.files[0]?.content);
    rmSync(folder, { recursive: true });
  });

  it.each<[ExportFormat, string, readonly string[]]>([
    ["csv", "CSV table", ["adm-17.csv"]],
    ["json", "JSON", ["adm-17.json"]],
    ["fhir", "FHIR bundle", ["adm-17.fhir.json"]],
    ["brat", "brat annotations", ["adm-17.ann", "adm-17.txt"]],
    ["html", "HTML report", ["adm-17.html"]],
  ])("as %s saves what the store holds, after a preview, and is remembered", async (format, label, names) => {
    const request = { documentIds: [documentId], format, filter: {}, withText: false };
    const expected = await app.ask("export.preview", request);
    await desk.press("e");
    await desk.export.choose(label);
    await expect(desk.export.preview).toHaveText(/\S/);
    await expect
      .poll(async () => desk.export.preview.textContent())
      .toBe(expected.files[0]?.content.slice(0, 20_000));
    const files = await desk.export.save(names.length);
    expect([...files.keys()].sort()).toEqual([...names].sort());
    for (const file of expected.files) expect(files.get(file.name)).toBe(file.content);
    const [record] = await app.ask("export.history", { documentIds: [documentId] });
    expect(record).toMatchObject({ format, entities: expected.entities });
    await expect(desk.export.dialog.getByText("Earlier exports (1)")).toBeVisible();
    await expect(desk.export.dialog.getByRole("button", { name: "Save" })).toBeFocused();
  });

  it("as a training pack holds the notes that were decided to the end, with their hashes", async () => {
    const other = await readNote(app, "open.txt", "Fever for two days.");
    const cases = casesPage(app.page);
    await framePage(app.page).goTo("cases");
    await cases.menu("open.txt", "Export");
    await desk.export.choose("Training pack");
    await expect(desk.export.dialog.getByRole("alert")).toContainText("open.txt");
    await expect(desk.export.dialog.getByRole("button", { name: "Save" })).toBeDisabled();
    await app.page.keyboard.press("Escape");
    await expect(desk.export.dialog).toBeHidden();

    const { entities } = await app.ask("documents.get", { documentId });
    const fever = entities.find(({ text }) => text === "发热")?.id ?? "";
    await app.ask("review.apply", {
      documentId,
      actions: entities.map(
        ({ id }) => ({ kind: id === fever ? "reject" : "accept", entityId: id }) as const,
      ),
    });
    // The list is put in a new order by then.
    await expect(cases.status("adm-17.txt", "Checked")).toBeVisible();
    for (const title of ["adm-17.txt", "open.txt"]) {
      await cases.row(title).getByRole("checkbox").check({ force: true });
    }
    await cases.toolbar.getByRole("button", { name: "Export" }).click();
    await desk.export.choose("Training pack");
    await expect(desk.export.preview).toContainText("notegrain/training@1");
    await expect(desk.export.dialog.getByRole("status")).toContainText("1 of 2 notes");
    const files = await desk.export.save(3);

    check([...files.keys()].sort()).toEqual([`${documentId}.ann`, `${documentId}.txt`, "manifest.json"]);
    const text = files.get(`${documentId}.txt`) ?? "";
    const ann = files.get(`${documentId}.ann`) ?? "";
    const manifest = JSON.parse(files.get("manifest.json") ?? "");
    const hash = (content: string) => createHash("sha256").update(content).digest("hex");
    check(manifest.documents).toMatchObject([
      { name: documentId, entities: entities.length - 1, annSha256: hash(ann), txtSha256: hash(text) },
    ]);
    check(text).toBe(note);
    const byPlace = (a: TypedSpan, b: TypedSpan) =>
      a.start - b.start || b.end - a.end || (a.type < b.type ? -1 : 1);
    const left = entities
      .filter(({ id }) => id !== fever)
      .map(({ start, end, type }) => ({ start, end, type }));
    check([...readBratDocument(documentId, text, ann).mentions].sort(byPlace)).toEqual(left.sort(byPlace));
    check(JSON.stringify([...files])).not.toMatch(/adm-17|open\.txt/);
    const [record] = await app.ask("export.history", { documentIds: [documentId, other.documentId] });
    check(record).toMatchObject({ format: "training", documents: 1, entities: entities.length - 1 });
  });

  it("of a filter leaves out what the screen does not show", async () => {
    await desk.filterOnly("Types", "Medication");
    await expect.poll(async () => (await desk.ids()).length).toBe(1);
    await desk.press("e");
    await expect(desk.export.preview).toContainText("aspirin");
    const files = await desk.export.save(1);
    const lines = files.get("adm-17.csv")?.trim().split("\n") ?? [];
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain("Medication,aspirin");
    const [record] = await app.ask("export.history", { documentIds: [documentId] });
    expect(record?.filter).toEqual({ types: ["Medication"] });
  });

  it("holds the corrections that were made on screen", async () => {
    await desk.press("j", "x");
    await expect(desk.highlights.first()).toHaveAttribute("data-status", "rejected");
    await desk.press("e");
    await desk.export.choose("JSON");
    await expect(desk.export.preview).toContainText('"rejected"');
  });
});
