import { afterAll, afterEach, describe, it } from "vitest";
import { deskPage } from "./pages/deskPage.ts";
import { framePage } from "./pages/framePage.ts";
import { type AppOptions, type AppUnderTest, closeBrowser, startApp } from "./support/app.ts";
import { expect } from "./support/expect.ts";
import { addNote, readNote } from "./support/readNote.ts";

const note =
  "A 67-year-old man was admitted with severe chest pain for two days.\r\n" +
  "He takes metoprolol 25 mg oral twice daily. No fever. 🫀 Possible pneumonia.\r\n" +
  "胸痛3天，心电图正常。\r\n\r\nMEDICATIONS:\r\naspirin 100 mg daily\r\n";

let app: AppUnderTest;
async function open(options?: AppOptions, text = note) {
  app = await startApp(options);
  const ids = await readNote(app, "adm-17.txt", text);
  const desk = deskPage(app.page);
  await desk.open(ids.caseId);
  await expect(desk.highlights.first()).toBeVisible();
  return { desk, page: app.page, ...ids };
}
afterEach(() => app.close());
afterAll(closeBrowser);

describe("the note", () => {
  it("shows every entity of the store, with its exact words, over CRLF, Chinese and emoji", async () => {
    const { desk, view } = await open();
    expect(view.entities.length).toBeGreaterThan(15);
    await expect.poll(async () => (await desk.ids()).length).toBe(view.entities.length);
    expect((await desk.ids()).sort()).toEqual(view.entities.map((entity) => entity.id).sort());
    for (const entity of view.entities) {
      expect(await desk.words(entity.id)).toBe(entity.text.replace(/[\r\n]/g, ""));
    }
  });

  it("tells types apart by hue and stroke, and marks what is negated or possible", async () => {
    const { desk, view } = await open();
    const id = (words: string) => view.entities.find((entity) => entity.text === words)?.id ?? "";
    await expect(desk.highlight(id("metoprolol"))).toHaveAttribute("data-family", "medication");
    await expect(desk.highlight(id("metoprolol"))).toHaveAttribute("data-stroke", "solid");
    await expect(desk.highlight(id("25 mg"))).toHaveAttribute("data-stroke", "double");
    await expect(desk.highlight(id("fever"))).toHaveAttribute("data-look", /negated/);
    await expect(desk.highlight(id("pneumonia"))).toHaveAttribute("data-look", /uncertain/);
    // "chest" lies in "severe chest pain": inside it on the page, and in a lane nearer to the text.
    const outer = desk.highlight(id("severe chest pain"));
    await expect(outer.locator(`[data-entity-id="${id("chest")}"]`)).toHaveText("chest");
  });

  it("is copied as it stands in the file", async () => {
    const { page } = await open();
    await page
      .getByRole("document")
      .focus()
      .catch(() => undefined);
    const copied = () =>
      page.evaluate(`{
        const page = document.querySelector("[role=document]");
        getSelection().selectAllChildren(page);
        const data = new DataTransfer();
        page.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
        data.getData("text/plain");
      }`);
    await expect.poll(copied).toBe(note.slice(0, -2));
  });

  it("answers why: a card on hover and on keyboard focus", async () => {
    const { desk, view } = await open();
    const drug = view.entities.find((entity) => entity.text === "metoprolol");
    await desk.highlight(drug?.id ?? "").hover();
    await expect(desk.hoverCard).toContainText("Medication");
    await expect(desk.hoverCard).toContainText("25 mg");
    await desk.press("j");
    await expect(desk.card).toContainText("Confidence");
    await expect(desk.card).toContainText("fake · Trained for this");
    await expect.poll(() => desk.current()).toBe(view.entities[0]?.id);
  });

  it("streams in while the model reads", async () => {
    let isHeld = true;
    app = await startApp({ isHeld: () => isHeld });
    const desk = deskPage(app.page);
    const { caseId, documentId } = await addNote(app, "long.txt", note.repeat(12));
    await desk.open(caseId);
    await expect(desk.progress).toBeAttached();
    const stop = app.backend.on("entities", () => {
      isHeld = true;
    });
    isHeld = false;
    await expect(desk.highlights.first()).toBeVisible();
    const early = (await desk.ids()).length;
    expect((await app.ask("documents.get", { documentId })).status).toBe("running");
    stop();
    isHeld = false;
    await expect(desk.progress).toBeHidden();
    const { entities } = await app.ask("documents.get", { documentId });
    await expect.poll(async () => (await desk.ids()).length).toBe(entities.length);
    expect(entities.length).toBeGreaterThan(early);
  });
});

describe("a case of several notes", () => {
  it("has a tab for each, by pointer and by key", async () => {
    const { desk, page, caseId } = await open();
    await readNote(app, "lab.txt", "Troponin 0.4 ng/mL.", caseId);
    const tab = (name: string) => page.getByRole("tab", { name });
    await tab("lab.txt").click();
    await expect(desk.note).toHaveText("Troponin 0.4 ng/mL.");
    await expect(tab("lab.txt")).toHaveAttribute("aria-selected", "true");
    expect(await framePage(page).axeViolations()).toEqual([]);
    await desk.note.click();
    await desk.press(",");
    await expect(desk.note).toContainText("metoprolol");
    await expect(tab("adm-17.txt")).toHaveAttribute("aria-selected", "true");
  });
});

describe("the findings", () => {
  it("stand as a summary that leads to the text", async () => {
    const { desk, view } = await open();
    await expect(desk.finding(/metoprolol/)).toContainText("25 mg · oral · twice daily");
    await expect(desk.finding(/fever/)).toContainText("no fever");
    await desk.finding(/metoprolol/).click();
    await expect
      .poll(() => desk.current())
      .toBe(view.entities.find((entity) => entity.text === "metoprolol")?.id);
  });

  it("stand as a table that can be sorted", async () => {
    const { desk, page, view } = await open();
    await desk.press("v");
    await expect(desk.rows.first()).toBeVisible();
    await page.getByRole("button", { name: "Words" }).click();
    const words = async () => {
      const said = await desk.rows.locator("button").allTextContents();
      return said.map((one) => one.replace(/^(no|possible) /, ""));
    };
    const { compare } = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });
    const sorted = view.entities.map(({ text }) => text.replace(/[\r\n]/g, "")).sort(compare);
    expect(sorted.length).toBeGreaterThan(10);
    await expect.poll(words).toEqual(sorted);
  });
});

describe("a filter", () => {
  it("acts on text, summary and table alike, by type, words, assertion and confidence", async () => {
    const { desk, view } = await open();
    const count = (keep: (entity: (typeof view.entities)[number]) => boolean) =>
      view.entities.filter(keep).length;

    await desk.filterOnly("Types", "Medication");
    const drugs = count((entity) => entity.type === "Medication");
    await expect.poll(async () => (await desk.ids()).length).toBe(drugs);
    await expect(desk.shown).toHaveText(`${drugs} of ${view.entities.length} shown`);
    await expect(desk.finding(/metoprolol/)).toContainText("25 mg");
    await desk.press("v");
    await expect(desk.rows).toHaveCount(drugs);
    await desk.press("Shift+F");

    await desk.press("f");
    await desk.filterText.fill("PAIN");
    await expect
      .poll(desk.ids)
      .toEqual(view.entities.filter((entity) => entity.text.includes("pain")).map((entity) => entity.id));
    await expect.poll(desk.foundWords).toEqual([...view.text.matchAll(/pain/gi)].map(([word]) => word));
    await desk.press("Escape", "Shift+F");
    await expect.poll(desk.foundWords).toEqual([]);

    await desk.filterOnly("Assertion", "no");
    await expect
      .poll(async () => (await desk.ids()).length)
      .toBe(count((entity) => entity.assertion?.polarity === "negated"));
    await desk.press("Shift+F");
    await expect.poll(async () => (await desk.ids()).length).toBe(view.entities.length);

    await desk.confidenceFrom(100);
    await expect(desk.shown).toHaveText(
      `${count((entity) => (entity.confidence ?? 1) >= 1)} of ${view.entities.length} shown`,
    );
  });
});

describe.each([
  { locale: "en-GB", colorScheme: "light" },
  { locale: "zh-CN", colorScheme: "dark" },
] as const)("in $locale, $colorScheme", (look) => {
  it("has no part that axe objects to", async () => {
    const { desk, page } = await open(look);
    const { axeViolations } = framePage(page);
    expect(await axeViolations()).toEqual([]);
    await desk.press("j", "a");
    await expect(desk.card).toBeVisible();
    expect(await axeViolations(), "card").toEqual([]);
    await desk.press("t");
    await expect(desk.types).toBeVisible();
    expect(await axeViolations(), "types").toEqual([]);
    await desk.press("Escape");
    await expect(desk.types).toBeHidden();
    await desk.press("b", "Shift+L", "v");
    await expect(desk.legend).toBeVisible();
    await expect(desk.rows.first()).toBeVisible();
    expect(await axeViolations(), "legend and table").toEqual([]);
    await desk.press("Shift+L", "e");
    await expect(desk.export.preview).toBeVisible();
    expect(await axeViolations(), "export").toEqual([]);
  });
});
