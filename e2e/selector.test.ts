import { afterAll, afterEach, expect as check, it } from "vitest";
import { deskPage } from "./pages/deskPage.ts";
import { framePage } from "./pages/framePage.ts";
import { type AppOptions, type AppUnderTest, closeBrowser, startApp } from "./support/app.ts";
import { expect } from "./support/expect.ts";
import { readNote } from "./support/readNote.ts";

const note = "A woman had severe chest pain and a mild cough. She took aspirin 100 mg daily.\n";

let app: AppUnderTest;
afterEach(() => app.close());
afterAll(closeBrowser);

/** Reads the note with the selector, which doubts severities (10 %) and places (40 %). */
async function open(options: AppOptions = {}) {
  app = await startApp({ withSelector: true, ...options });
  await app.ask("models.choose", {
    modelId: "fake",
    adapterId: null,
    selectorId: "selector",
    paradigm: "tuned",
  });
  const { caseId, documentId, view } = await readNote(app, "adm-17.txt", note);
  const desk = deskPage(app.page);
  await desk.open(caseId);
  await expect(desk.highlights.first()).toBeVisible();
  const id = (words: string) => view.entities.find(({ text }) => text === words)?.id ?? "";
  return { desk, view, id, documentId, page: app.page };
}

it("is chosen on the screen of models", async () => {
  app = await startApp({ withSelector: true, withAdapter: true });
  await app.page.goto(`${new URL(app.url).origin}/#/models`);
  await app.page.getByRole("combobox", { name: "Second look" }).click();
  await app.page.getByRole("option", { name: "doubter" }).click();
  await expect.poll(async () => (await app.ask("models.list", {})).chosen.selectorId).toBe("selector");
  // It finds nothing by itself, and so is no adapter to read with.
  await app.page.getByRole("combobox", { name: "Adapter" }).click();
  await expect(app.page.getByRole("option", { name: "weak" })).toBeVisible();
  await expect(app.page.getByRole("option", { name: "doubter" })).toHaveCount(0);
  check(await framePage(app.page).axeViolations()).toEqual([]);
});

it("leaves out what it doubts, which stays to be looked at with its probability", async () => {
  const { desk, id, page } = await open();
  await expect(desk.highlight(id("severe"))).toHaveAttribute("data-dropped", "true");
  await expect(desk.highlight(id("aspirin"))).not.toHaveAttribute("data-dropped", /.*/);
  await desk.highlight(id("severe")).hover();
  await expect(desk.hoverCard).toContainText("left out by the second look (10%)");
  await desk.press("v");
  const row = desk.findings.locator(`[data-row="${id("chest")}"]`);
  await expect(row).toContainText("40%");
  await expect(row).toHaveAttribute("data-dropped", "true");
  check(await framePage(page).axeViolations()).toEqual([]);
});

it("has a slider that moves the border without reading again, in note, table and export alike", async () => {
  const { desk, id, view, documentId, page } = await open();
  const runs = async () => (await app.ask("documents.get", { documentId })).earlierRuns.length;
  const before = await runs();
  await desk.secondLookFrom(30);
  await expect(desk.highlight(id("chest"))).not.toHaveAttribute("data-dropped", /.*/);
  await expect(desk.highlight(id("severe"))).toHaveAttribute("data-dropped", "true");
  check(await runs()).toBe(before);

  await page.getByRole("checkbox", { name: "Hide 2 left out" }).check();
  await expect(desk.highlight(id("severe"))).toHaveCount(0);
  await expect(desk.highlight(id("chest")).first()).toBeVisible();
  await expect(desk.shown).toHaveText(`${view.entities.length - 2} of ${view.entities.length} shown`);

  const { files } = await app.ask("export.preview", {
    documentIds: [documentId],
    format: "csv",
    filter: { selectorThreshold: 0.3 },
    withText: false,
  });
  check(files[0]?.content).toContain(",chest,");
  check(files[0]?.content).not.toContain(",severe,");
});

it("is overruled by a person", async () => {
  const { desk, id, documentId } = await open();
  await desk.highlight(id("severe")).click();
  await desk.press("a");
  await expect(desk.highlight(id("severe"))).not.toHaveAttribute("data-dropped", /.*/);
  const exported = async () => {
    const request = { documentIds: [documentId], filter: {}, withText: false };
    return (await app.ask("export.preview", { ...request, format: "csv" })).files[0]?.content;
  };
  await expect.poll(exported).toContain(",severe,");
});

it("speaks Chinese too, and axe objects to nothing", async () => {
  const { desk, page } = await open({ locale: "zh-CN", colorScheme: "dark" });
  await expect(page.getByRole("checkbox", { name: "隐藏被剔除的" })).toBeVisible();
  await expect(desk.filters).toContainText("复核 ≥ 50%");
  check(await framePage(page).axeViolations()).toEqual([]);
});
