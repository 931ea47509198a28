import { afterAll, beforeAll, describe, it } from "vitest";
import type { Entity } from "../src/core/entity/entity.ts";
import { deskPage } from "./pages/deskPage.ts";
import { type AppUnderTest, closeBrowser, startApp } from "./support/app.ts";
import { expect } from "./support/expect.ts";
import { noteOfWords, wordsOf } from "./support/largeNote.ts";
import { readNote } from "./support/readNote.ts";

const note = noteOfWords(10_000);
const idOf = ({ id }: Entity) => id;

let app: AppUnderTest;
let desk: ReturnType<typeof deskPage>;
let documentId: string;
/** As the model left them, in the order of the note. */
let entities: readonly Entity[];

beforeAll(async () => {
  app = await startApp();
  const large = await readNote(app, "large.txt", note);
  documentId = large.documentId;
  entities = large.view.entities;
  desk = deskPage(app.page);
  await desk.open(large.caseId);
  await expect.poll(desk.ids).toHaveLength(entities.length);
});
afterAll(async () => {
  await app.close();
  await closeBrowser();
});

/** The entities that are no longer as the model left them, as the store holds them. */
async function decided(): Promise<string[]> {
  const view = await app.ask("documents.get", { documentId });
  return view.entities.filter(({ status }) => status !== "proposed").map(idOf);
}

/** How quick all this is, bench/app.ts tells. */
describe("a note of 10,000 words", () => {
  it("has at least 3,000 entities, all of them on the page", async () => {
    expect(wordsOf(note)).toBeGreaterThanOrEqual(10_000);
    expect(entities.length).toBeGreaterThanOrEqual(3000);
    expect((await desk.ids()).sort()).toEqual(entities.map(idOf).sort());
  });

  it("is filtered to the entities with these words, and back", async () => {
    const found = entities.filter(({ text }) => text.includes("chest pain")).map(idOf);
    await desk.press("f");
    await desk.filterText.pressSequentially("chest pain");
    await expect.poll(desk.ids).toEqual(found);
    const shown = [found.length, entities.length].map((count) => count.toLocaleString("en-GB"));
    await expect(desk.shown).toHaveText(`${shown[0]} of ${shown[1]} shown`);
    await desk.press("Escape", "Shift+F");
    await expect.poll(desk.ids).toHaveLength(entities.length);
  });

  it("is corrected entity by entity: no decision repaints more of the page than its own part", async () => {
    const [first, second] = entities.map(idOf);
    await app.page.getByRole("region", { name: "large.txt" }).focus();
    await desk.press("j");
    await expect.poll(desk.current).toBe(first);
    await app.page.evaluate(watchChanges);
    await desk.press("a");
    await expect(desk.highlight(first ?? "").first()).toHaveAttribute("data-status", "accepted");
    await expect.poll(desk.current).toBe(second);
    await expect.poll(decided).toEqual([first]);
    await desk.press("u");
    await expect(desk.highlight(first ?? "").first()).toHaveAttribute("data-status", "proposed");
    await expect.poll(decided).toEqual([]);
    const changes = Number(await app.page.evaluate("window.changes"));
    expect(changes).toBeGreaterThan(0);
    expect(changes).toBeLessThan(300);
  });

  it("stands as a table with a row for each entity, of which those in sight are on the page", async () => {
    await desk.press("v");
    await expect(desk.rows.first()).toBeVisible();
    const table = desk.findings.getByRole("table");
    await expect(table).toHaveAttribute("aria-rowcount", String(entities.length + 1));
    const rows = await desk.rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-row")));
    expect(rows).toEqual(entities.slice(0, rows.length).map(idOf));
    expect(rows.length).toBeLessThan(200);
    const least = Math.min(...entities.map(({ confidence }) => confidence ?? 1));
    // With no entity in focus, the walk by confidence begins at the least certain one.
    await desk.press("Escape", "n");
    const id = entities.find(({ confidence }) => confidence === least)?.id;
    await expect(desk.findings.locator(`[data-row="${id}"]`)).toHaveAttribute("data-current", "true");
  });
});

/** Counts what changes in the note from now on. */
const watchChanges = `{
  window.changes = 0;
  new MutationObserver((records) => { window.changes += records.length; }).observe(
    document.querySelector("[role=document]"),
    { subtree: true, childList: true, attributes: true, characterData: true },
  );
}`;
