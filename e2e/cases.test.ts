import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeEach, describe, it } from "vitest";
import { casesPage } from "./pages/casesPage.ts";
import { framePage } from "./pages/framePage.ts";
import { importPage } from "./pages/importPage.ts";
import { type AppUnderTest, closeBrowser, startApp } from "./support/app.ts";
import { expect } from "./support/expect.ts";

let app: AppUnderTest;
let folder: string;

const chest =
  "A 54-year-old man came with severe chest pain since two days. He takes metoprolol 25 mg twice daily.\n";
const cough = "A 31-year-old woman with cough and fever for three days. Chest X-ray showed pneumonia.\n";

const everything = { search: "", status: null, sort: "updated", offset: 0, limit: 10 } as const;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "notegrain-notes-"));
  writeFileSync(join(folder, "adm-17.txt"), chest);
  writeFileSync(join(folder, "adm-18.txt"), cough);
  app = await startApp();
  await expect(framePage(app.page).heading("Start with a note")).toBeVisible();
});
afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});
afterAll(closeBrowser);

/** Drops two notes and waits until the list shows both as read: until then it is put in a new order. */
async function importBoth(): Promise<void> {
  await importPage(app.page).drop(join(folder, "adm-17.txt"), join(folder, "adm-18.txt"));
  await expect(importPage(app.page).report).toBeVisible();
  await app.page.keyboard.press("Escape");
  await expect(importPage(app.page).report).toBeHidden();
  for (const title of ["adm-17", "adm-18"])
    await expect(casesPage(app.page).status(title, "Read, to check")).toBeVisible();
}

describe("an empty app", () => {
  it("says what to do first and opens the example with one click", async () => {
    const frame = framePage(app.page);
    await expect(frame.heading("Start with a note")).toBeVisible();
    await importPage(app.page).openExample();
    await expect(casesPage(app.page).links).toHaveCount(1);
    await expect(app.page).toHaveURL(/#\/case\//);
    await expect(app.page.locator("[data-entity-id]").first()).toBeVisible();
  });
});

describe("import", () => {
  it("opens a single note that is dropped anywhere, and tells it the second time instead of doubling it", async () => {
    const { drop } = importPage(app.page);
    await drop(join(folder, "adm-17.txt"));
    await expect(casesPage(app.page).link("adm-17")).toHaveAttribute("aria-current", "page");
    await drop(join(folder, "adm-17.txt"));
    await expect(framePage(app.page).notice("adm-17.txt was here already")).toBeVisible();
    const { total } = await app.ask("cases.list", everything);
    expect(total).toBe(1);
  });

  it("walks a dropped folder and tells the fate of every file in it", async () => {
    mkdirSync(join(folder, "ward", "older"), { recursive: true });
    writeFileSync(join(folder, "ward", "older", "adm-3.txt"), "No fever, no cough.\n");
    writeFileSync(join(folder, "ward", "scan.png"), Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 0]));
    writeFileSync(join(folder, "ward", "empty.txt"), "");
    writeFileSync(join(folder, "ward", "same.txt"), chest);
    const { drop, chooseFolder, report, fate } = importPage(app.page);
    await drop(folder);
    await expect(report.getByRole("status")).toContainText("3 added");
    await expect(fate("same.txt")).toContainText("Already here as adm-17.txt");
    await expect(fate("adm-3.txt")).toContainText("Added");
    await expect(fate("scan.png")).toContainText("not a text file");
    await expect(fate("empty.txt")).toContainText("holds no text");
    await expect(report.getByRole("listitem")).toHaveCount(6);
    expect(await framePage(app.page).axeViolations()).toEqual([]);
    await app.page.keyboard.press("Escape");
    await chooseFolder(folder);
    await expect(report.getByRole("status")).toContainText("4 here already");
  });

  it("takes a pasted note, but leaves text fields alone", async () => {
    await importPage(app.page).paste(cough);
    await expect(casesPage(app.page).link("Pasted note")).toHaveAttribute("aria-current", "page");
    await framePage(app.page).search.focus();
    await importPage(app.page).paste("fever");
    // One more outside of the field: were the last one taken too, it would be there before it.
    await framePage(app.page).search.blur();
    await importPage(app.page).paste(chest);
    const total = async (search: string) => (await app.ask("cases.list", { ...everything, search })).total;
    await expect.poll(() => total("metoprolol")).toBe(1);
    expect(await total("")).toBe(2);
  });

  it("refuses a file that is too large without reading it", async () => {
    const large = join(folder, "export.txt");
    writeFileSync(large, Buffer.alloc(60_000_000, "a "));
    const { chooseFiles, fate } = importPage(app.page);
    await chooseFiles(large);
    await expect(fate("export.txt")).toContainText("larger than 50 MB");
  });

  it("takes what is let go over a place that has just been redrawn, as a note does while a model reads it", async () => {
    const send = await importPage(app.page).dragOver(join(folder, "adm-17.txt"));
    await send("dragOver");
    await app.page.evaluate(`{
      const under = document.elementsFromPoint(700, 500).find((element) => !element.closest("[role=status]"));
      under.replaceWith(under.cloneNode(true));
    }`);
    await send("drop");
    await expect(casesPage(app.page).link("adm-17")).toHaveAttribute("aria-current", "page");
    await expect(importPage(app.page).target).toBeHidden();
  });

  it("shows where to let go while files are held over the window", async () => {
    await importPage(app.page).dragOver(join(folder, "adm-17.txt"));
    await expect(importPage(app.page).target).toBeVisible();
  });
});

describe("the case list", () => {
  it("searches the words of every note and shows where they stand", async () => {
    await importBoth();
    const cases = casesPage(app.page);
    await app.page.keyboard.press("/");
    await app.page.keyboard.type("pneumonia");
    await expect(cases.links).toHaveCount(1);
    await expect(cases.row("adm-18").locator("mark")).toHaveText(/pneumonia/i);
    await app.page.keyboard.press("Enter");
    await app.page.keyboard.press("Enter");
    await expect(cases.link("adm-18")).toHaveAttribute("aria-current", "page");
    await framePage(app.page).search.fill("migraine");
    await expect(cases.list.getByText("No case matches.")).toBeVisible();
    await cases.list.getByRole("button", { name: "Show all cases" }).click();
    await expect(cases.links).toHaveCount(2);
  });

  it("counts what was found and shows the status in words", async () => {
    await importBoth();
    const cases = casesPage(app.page);
    await expect(cases.row("adm-17")).toContainText(/\d+ found/);
    await cases.choose("Show by status", "Failed");
    await expect(cases.list.getByText("No case matches.")).toBeVisible();
  });

  it("renames, and deletes after saying what goes with it", async () => {
    await importBoth();
    const cases = casesPage(app.page);
    await cases.menu("adm-17", "Rename");
    await framePage(app.page).dialog("Rename case").getByLabel("Title").fill("Mr A, first visit");
    await app.page.keyboard.press("Enter");
    await expect(cases.link("Mr A, first visit")).toBeVisible();
    await cases.menu("adm-18", "Delete");
    const dialog = framePage(app.page).dialog(/Delete/);
    await expect(dialog).toContainText("1 note");
    await dialog.getByRole("button", { name: "Delete" }).click();
    await expect(cases.links).toHaveCount(1);
  });

  it("keeps an open menu with its case when the order changes under it", async () => {
    await importBoth();
    const cases = casesPage(app.page);
    const [top, bottom] = (await app.ask("cases.list", everything)).cases;
    await cases.row(top?.title ?? "").hover();
    await cases
      .row(top?.title ?? "")
      .getByRole("button", { name: /^More for/ })
      .click();
    await app.ask("cases.rename", { caseId: bottom?.id ?? "", title: "moved up" });
    await expect(cases.links.first()).toContainText("moved up");
    await app.page.getByRole("menuitem", { name: "Rename" }).click();
    const field = framePage(app.page).dialog("Rename case").getByLabel("Title");
    await expect(field).toHaveValue(top?.title ?? "");
  });

  it("is driven by keyboard alone: move, select, open, step", async () => {
    await importBoth();
    const cases = casesPage(app.page);
    await app.page.keyboard.press("l");
    await app.page.keyboard.press("Home");
    await app.page.keyboard.press("Space");
    await app.page.keyboard.press("ArrowDown");
    await app.page.keyboard.press("Space");
    await expect(cases.toolbar).toContainText("2 selected");
    await app.page.keyboard.press("Enter");
    await expect(cases.links.nth(1)).toHaveAttribute("aria-current", "page");
    await app.page.keyboard.press("K");
    await expect(cases.links.nth(0)).toHaveAttribute("aria-current", "page");
  });
});
