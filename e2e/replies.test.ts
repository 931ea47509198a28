import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, it } from "vitest";
import { openStore } from "../src/store/openStore.ts";
import { entityOf, extractionOf, noteOf, plan } from "../test/support/storedNotes.ts";
import { deskPage } from "./pages/deskPage.ts";
import { type AppUnderTest, closeBrowser, startApp } from "./support/app.ts";
import { expect } from "./support/expect.ts";

const written = "Here you are:\n[{'type': 'Sign_symptom', 'text': 'cough'}, {'type': 'Sign_sy";
const folder = mkdtempSync(join(tmpdir(), "notegrain-replies-"));

let app: AppUnderTest;
const ids: Record<string, string> = {};

beforeEach(async () => {
  const storePath = join(folder, "cases.db");
  const store = await openStore(storePath);
  for (const outputFormat of ["json", "grounded"] as const) {
    const note = noteOf(`${outputFormat}.txt`, "Dry cough at night.");
    const { caseId, documentId } = store.addDocument(note);
    const found = extractionOf(note, [entityOf(note.text, "e1", "Sign_symptom", "cough")]);
    const reply = { start: 0, end: 19, text: written, isUnreadable: false, ungrounded: 2, unknownTypes: 0 };
    store.finishRun(store.startRun(documentId, { ...plan, outputFormat }), {
      ...found,
      run: { ...found.run, outputFormat },
      ...(outputFormat === "json" && { replies: [{ ...reply, isRepaired: true, isCutOff: true }] }),
    });
    ids[outputFormat] = String(caseId);
  }
  store.close();
  app = await startApp({ storePath });
});
afterEach(() => app.close());
afterAll(async () => {
  await closeBrowser();
  rmSync(folder, { recursive: true, force: true });
});

it("shows what the model wrote, word for word, and what became of it; a copied answer has nothing to show", async () => {
  const desk = deskPage(app.page);
  const open = app.page.getByRole("button", { name: "What the model wrote" });
  await desk.open(ids.grounded ?? "");
  await expect(desk.highlights.first()).toBeVisible();
  await expect(open).toHaveCount(0);
  await desk.open(ids.json ?? "");
  await open.click();
  const reply = app.page.locator("[data-reply]");
  await expect(reply.locator("pre")).toHaveText(written, { useInnerText: true });
  for (const fact of ["cut off", "repaired", "not in the note: 2"]) await expect(reply).toContainText(fact);
  await expect(reply).not.toContainText("of other types");
});
