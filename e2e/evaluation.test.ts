import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect as check, describe, it } from "vitest";
import { fakeEmbedding } from "../test/support/fakeEmbedding.ts";
import { evaluationPage } from "./pages/evaluationPage.ts";
import { framePage } from "./pages/framePage.ts";
import { type AppOptions, type AppUnderTest, closeBrowser, startApp } from "./support/app.ts";
import { expect } from "./support/expect.ts";
import { readNote } from "./support/readNote.ts";

let app: AppUnderTest;
const folder = mkdtempSync(join(tmpdir(), "notegrain-compare-"));
afterEach(() => app.close());
afterAll(async () => {
  await closeBrowser();
  rmSync(folder, { recursive: true, force: true });
});

const noteText = (i: number) =>
  `Note ${i}. Severe chest pain for two days, no fever. Aspirin 100 mg daily.\n`;

/** The app with notes of which every entity but these words was accepted, on the screen that compares. */
async function start(options: AppOptions, notes = 8, rejected = "") {
  app = await startApp({ withAdapter: true, ...options });
  for (let i = 0; i < notes; i++) {
    const { documentId, view } = await readNote(app, `n${i}.txt`, noteText(i));
    const actions = view.entities.map(
      ({ id, text }) => ({ kind: text === rejected ? "reject" : "accept", entityId: id }) as const,
    );
    await app.ask("review.apply", { documentId, actions });
  }
  await framePage(app.page).goTo("evaluation");
  return { ...evaluationPage(app.page), ...framePage(app.page), page: app.page };
}

describe("comparing systems on reviewed notes", () => {
  it("says what to do while nothing is reviewed", async () => {
    const { page, axeViolations } = await start({}, 0);
    await expect(page.getByText("No note is reviewed to the end yet")).toBeVisible();
    expect(await axeViolations()).toEqual([]);
  });

  it("compares an adapter with the present model, takes it up, and takes that back", async () => {
    const storePath = join(folder, "cases.db");
    const screen = await start({ storePath });
    const { page, systems, notes, add, choose, row, verdicts, chart } = screen;
    await expect(systems).toHaveText([/^fake, Trained for this/]);
    await expect(notes).toHaveCount(8);
    await choose("Adapter", "weak");
    await add.click();
    await expect(systems).toHaveCount(2);
    await expect(add).toBeDisabled();
    await screen.start.click();

    await expect(row("fake, Trained for this")).toContainText("100.0 – 100.0");
    await expect(row("fake, Trained for this")).toContainText("reads them now");
    const weak = row("fake + weak, Trained for this");
    await expect(weak.getByRole("cell").nth(2)).not.toHaveText("100.0");
    await expect(chart.locator("circle")).toHaveCount(2);
    await expect(verdicts).toHaveText([/^“fake, Trained for this” is better than “fake \+ weak/]);
    const [stored] = await app.ask("evaluation.list", {});
    expect(stored?.documentIds).toHaveLength(8);
    expect(stored?.rows.map(({ scores }) => scores?.micro.f1)[0]).toBe(1);

    await weak.getByRole("button", { name: /^Use/ }).click();
    await expect(weak).toContainText("reads them now");
    expect((await app.ask("models.list", {})).chosen.adapterId).toBe("weak");
    await page.getByRole("button", { name: "Back to fake, Trained for this" }).click();
    await expect(row("fake, Trained for this")).toContainText("reads them now");
    expect((await app.ask("models.list", {})).chosen.adapterId).toBeNull();

    await app.close();
    app = await startApp({ withAdapter: true, storePath });
    await framePage(app.page).goTo("evaluation");
    await expect(evaluationPage(app.page).row("fake, Trained for this")).toContainText("100.0");
  });

  it("is saved as the store has it, and deleted", async () => {
    const { page, start: compare, table } = await start({}, 2);
    await compare.click();
    await expect(table).toBeVisible();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as JSON" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe("notegrain-comparison-1.json");
    const [stored] = await app.ask("evaluation.list", {});
    expect(JSON.parse(readFileSync(await file.path(), "utf8"))).toEqual(stored);
    await page.getByRole("button", { name: "Delete this result" }).click();
    await expect(table).toBeHidden();
    expect(await app.ask("evaluation.list", {})).toEqual([]);
  });

  it("takes up every way of one model at once: the paradigm table", async () => {
    const encoder = async () => fakeEmbedding(["pain", "fever"]);
    const { page, systems, row, start: compare } = await start({ exampleTokens: 2000, encoder }, 1);
    await app.ask("examples.importReviewed", {});
    await page.getByRole("button", { name: "Add every way of reading" }).click();
    await expect(systems).toHaveCount(6);
    await expect(page.getByRole("button", { name: "Add every way of reading" })).toBeDisabled();
    await expect(systems.filter({ hasText: "By examples" })).toHaveCount(4);
    await compare.click();
    await expect(row("fake, By definitions alone")).toContainText("100.0");
  });

  it("shows precision, recall or F1 of each type, as the store has them", async () => {
    // Of the two findings of this type a note, the person left one: P 50, R 100.
    const { page, add, choose, start: compare, types } = await start({}, 2, "fever");
    await choose("Adapter", "weak");
    await add.click();
    await compare.click();
    await types.open();
    const [result] = await app.ask("evaluation.list", {});
    const seen: string[] = [];
    for (const [label, measure] of [
      ["Precision", "precision"],
      ["Recall", "recall"],
      ["F1", "f1"],
    ] as const) {
      await types.show(label);
      const figures = result?.rows.map(({ scores }) =>
        (100 * (scores?.types.Sign_symptom?.[measure] ?? -1)).toFixed(1),
      );
      await expect(types.row("Sign or symptom").getByRole("cell")).toHaveText([...(figures ?? []), "2"]);
      seen.push(figures?.join(" ") ?? "");
    }
    check(seen).toEqual(["50.0 0.0", "100.0 0.0", "66.7 0.0"]);
    check(await framePage(page).axeViolations()).toEqual([]);
  });

  it("offers an adapter for the model that it fits, and keeps none that does not", async () => {
    const { page, add, choose, systems } = await start({ withOther: true, withSelector: true }, 1);
    await choose("Adapter", "weak");
    await choose("Second look", "doubter");
    await choose("Model", "other");
    for (const [list, none, option] of [
      ["Adapter", "None", "weak"],
      ["Second look", "No second look", "doubter"],
    ] as const) {
      const field = page.getByRole("combobox", { name: list });
      await expect(field).toHaveValue(none);
      await field.click();
      await expect(page.getByRole("option", { name: option })).toBeDisabled();
      await expect(page.getByRole("listbox", { name: list })).toContainText(`For fake${option}`);
      await page.keyboard.press("Escape");
    }
    await add.click();
    await expect(systems).toHaveText([/^fake, Trained for this/, /^other, Trained for this/]);
  });

  it("leaves notes out, shows how far it is, and stops when called off", async () => {
    let isHeld = false;
    const screen = await start({ isHeld: () => isHeld }, 2);
    const { page, notes, allNotes, start: compare, underWay, table } = screen;
    isHeld = true;
    await notes.first().uncheck();
    await expect(allNotes).not.toBeChecked();
    await expect(page.getByRole("checkbox", { name: "1 of 2 notes" })).toBeVisible();
    await compare.click();
    await expect(underWay.getByRole("status")).toContainText(/System 1 of 1|Waiting/);
    await underWay.getByRole("button", { name: "Cancel" }).click();
    await expect(compare).toBeVisible();
    await expect(table).toBeHidden();
    expect(await app.ask("evaluation.list", {})).toEqual([]);
  });

  it("tells which notes a system had learned, and leaves them out for all", async () => {
    const screen = await start({ learned: [noteText(0)] }, 3);
    const { page, row } = screen;
    await screen.choose("Adapter", "weak");
    await screen.add.click();
    await screen.start.click();
    const told = page.getByRole("alert").filter({ hasText: "1 of 3 notes was left out for all systems" });
    await expect(told).toContainText("“fake + weak, Trained for this” learned from 1 of the notes.");
    await expect(told).not.toContainText("“fake, Trained for this”");
    await expect(row("fake, Trained for this")).toContainText("100.0");
    await expect(page.getByText(/^Highest F1 on 2 notes/)).toBeVisible();
    expect(await screen.axeViolations()).toEqual([]);
  });

  it("is done by keyboard alone", async () => {
    const { page, keys, heading, table } = await start({}, 1);
    await page.keyboard.press("Escape");
    await keys("g c");
    await keys("g v");
    await expect(heading("Compare")).toBeVisible();
    const compare = page.getByRole("button", { name: "Compare", exact: true });
    await expect(compare).toBeEnabled();
    for (let i = 0; i < 40; i++) {
      if (await compare.evaluate((button) => button.matches(":focus"))) break;
      await page.keyboard.press("Tab");
    }
    await expect(compare).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(table).toBeVisible();
  });
});

describe.each([
  { locale: "en-GB", colorScheme: "light" },
  { locale: "zh-CN", colorScheme: "dark" },
] as const)("in $locale, $colorScheme", (look) => {
  it("axe objects to nothing, before and after a comparison", async () => {
    const { page, axeViolations } = await start(look, 2);
    const name = look.locale === "zh-CN" ? "开始对比" : "Compare";
    const compare = page.getByRole("button", { name, exact: true });
    await expect(compare).toBeEnabled();
    expect(await axeViolations()).toEqual([]);
    await compare.click();
    await expect(page.getByRole("table").first()).toBeVisible();
    await page.locator("summary").click();
    expect(await axeViolations()).toEqual([]);
  });
});
