import { afterAll, afterEach, it } from "vitest";
import { deskPage } from "./pages/deskPage.ts";
import { examplesPage } from "./pages/examplesPage.ts";
import { framePage } from "./pages/framePage.ts";
import { type AppUnderTest, closeBrowser, startApp } from "./support/app.ts";
import { expect } from "./support/expect.ts";

let app: AppUnderTest;
afterEach(() => app.close());
afterAll(closeBrowser);

/** A corpus with names of its own, of which one sentence holds nothing. */
const corpus = {
  "bc.iob":
    "Zorbital\tB-Chemical\nfor\tO\ngout\tB-Disease\n\nNo\tO\nnew\tO\npain\tO\nin\tO\nthe\tO\nknee\tO\n",
};
const own = { "own.iob": "She\tO\nhad\tO\na\tO\nsevere\tO\ncough\tB-Sign_symptom\n" };

it("examples that were read for some types only are told, not shown as if nothing stood there, and freed by a button", async () => {
  app = await startApp({ locale: "en-GB", exampleTokens: 2000 });
  const [frame, examples] = [framePage(app.page), examplesPage(app.page)];
  await frame.goTo("examples");
  await examples.importFiles(corpus);
  await examples.importFiles(own);
  const groups = app.page.locator("[data-read-groups]");
  await expect(groups).toContainText("Examples that were read for some types only: 2");
  await app.page.getByText("What they were read for", { exact: true }).click();
  await expect(groups).toContainText("2 read for Chemical, Disease");
  expect(await frame.axeViolations()).toEqual([]);

  await app.ask("models.choose", { modelId: "fake", adapterId: null, paradigm: "few" });
  const bytes = new TextEncoder().encode("A cough, and new pain in the knee.");
  const [fate] = await app.ask("notes.import", { files: [{ name: "note.txt", bytes }], caseId: null });
  const documentId = fate?.documentId ?? "";
  await expect.poll(async () => (await app.ask("documents.get", { documentId })).status).toBe("done");
  await deskPage(app.page).open(fate?.caseId ?? "");
  await expect(examples.usedToggle).toHaveText("Examples used for this note: 1");
  await expect(examples.used).toContainText("not read for all wanted types: 2");
  await examples.usedToggle.click();
  await expect(examples.used.locator("[data-unread]")).toContainText("were not read for");
  expect(await frame.axeViolations()).toEqual([]);

  const { entities } = await app.ask("documents.get", { documentId });
  const actions = entities.map(({ id }) => ({ kind: "accept", entityId: id }) as const);
  await app.ask("review.apply", { documentId, actions });
  const few = {
    modelId: "fake",
    adapterId: null,
    selectorId: null,
    paradigm: "few",
    select: "bm25",
  } as const;
  await app.ask("evaluation.start", { documentIds: [documentId], rows: [few] });
  await frame.goTo("evaluation");
  await expect(app.page.locator("[data-unread]")).toContainText("Of the bank 2 were not read for");
  await frame.goTo("examples");
  await app.page.getByText("What they were read for", { exact: true }).click();
  await groups.getByRole("button", { name: "They were read for all types" }).click();
  await expect(groups).toBeHidden();
});
