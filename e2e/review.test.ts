import { afterAll, afterEach, beforeEach, describe, it } from "vitest";
import type { Entity } from "../src/core/entity/entity.ts";
import { deskPage } from "./pages/deskPage.ts";
import { type AppUnderTest, closeBrowser, startApp } from "./support/app.ts";
import { expect } from "./support/expect.ts";
import { readNote } from "./support/readNote.ts";

const note = "Severe chest pain and cough. Takes aspirin 100 mg every morning. No fever.\nBring 2 leaflets.";

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

/** What the store holds now of the entity over these words. */
async function stored(words: string): Promise<Entity | undefined> {
  const { entities } = await app.ask("documents.get", { documentId });
  return entities.find((entity) => entity.text === words);
}
const statusOf = async (words: string) => (await stored(words))?.status;

/** Walks to the entity over these words with `j`. */
async function walkTo(words: string): Promise<void> {
  const id = (await stored(words))?.id;
  for (let at = await desk.current(); at !== id; at = await desk.current()) {
    await desk.press("j");
    await expect.poll(() => desk.current()).not.toBe(at);
  }
}

describe("by keyboard alone", () => {
  it("accepts and rejects, and takes it back and brings it back", async () => {
    await walkTo("cough");
    await desk.press("a");
    await expect.poll(() => statusOf("cough")).toBe("accepted");
    await walkTo("aspirin");
    await desk.press("x");
    await expect.poll(() => statusOf("aspirin")).toBe("rejected");
    await desk.press("u", "u");
    await expect.poll(() => statusOf("cough")).toBe("proposed");
    expect(await statusOf("aspirin")).toBe("proposed");
    await desk.press("Shift+U", "Shift+U");
    await expect.poll(() => statusOf("aspirin")).toBe("rejected");
    expect(await statusOf("cough")).toBe("accepted");
    const id = (await stored("aspirin"))?.id ?? "";
    await expect(desk.highlight(id)).toHaveAttribute("data-status", "rejected");
  });

  it("changes a type by a letter", async () => {
    await walkTo("cough");
    await desk.press("t");
    await expect(desk.types).toBeVisible();
    await desk.press("d");
    await expect(desk.types).toBeHidden();
    await expect.poll(async () => (await stored("cough"))?.type).toBe("Disease_disorder");
    expect(await statusOf("cough")).toBe("edited");
  });

  it("moves both edges, word by word and character by character", async () => {
    await walkTo("cough");
    await desk.press("[");
    await expect.poll(() => statusOf("and cough")).toBe("edited");
    await desk.press("]", "Shift+ArrowRight");
    await expect.poll(() => statusOf("cough.")).toBe("edited");
    await desk.press("Alt+Shift+ArrowLeft", "Alt+Shift+ArrowLeft");
    await expect.poll(() => statusOf("coug")).toBe("edited");
    await desk.press("u", "u", "u", "u", "u");
    await expect.poll(() => statusOf("cough")).toBe("proposed");
  });

  it("adds an entity without a pointer", async () => {
    await walkTo("100 mg");
    await desk.press("Space", "Shift+ArrowRight", "Enter");
    await expect(desk.types).toBeVisible();
    await desk.press("f");
    await expect.poll(() => statusOf("every morning")).toBe("added");
    expect(await stored("every morning")).toMatchObject({ type: "Frequency", confidence: null });
    await expect(desk.card).toContainText("added by a person");
  });

  it("links an entity to what describes it, and unlinks it", async () => {
    const dose = (await stored("100 mg"))?.id;
    await walkTo("aspirin");
    if ((await stored("aspirin"))?.attributes.length) {
      await desk.press("Enter");
      await expect(desk.button("Remove the link to 100 mg")).toBeVisible();
      await desk.button("Remove the link to 100 mg").press("Enter");
      await expect.poll(async () => (await stored("aspirin"))?.attributes).toEqual([]);
    }
    await desk.press("r", "j", "Enter");
    await expect
      .poll(async () => (await stored("aspirin"))?.attributes)
      .toEqual([{ role: "dosage", entity: dose }]);
    await expect(desk.finding(/aspirin/)).toContainText("100 mg");
  });

  it("accepts all above a confidence in one step, and takes it back in one", async () => {
    await desk.press("Shift+A");
    await app.page.getByRole("slider", { name: /from this confidence/ }).press("Home");
    await app.page.getByRole("button", { name: /^Accept \d+$/ }).press("Enter");
    const statuses = async () => {
      const { entities } = await app.ask("documents.get", { documentId });
      return [...new Set(entities.map((entity) => entity.status))];
    };
    await expect.poll(statuses).toEqual(["accepted"]);
    await desk.press("u");
    await expect.poll(statuses).toEqual(["proposed"]);
  });

  it("jumps to the least certain entity", async () => {
    const { entities } = await app.ask("documents.get", { documentId });
    const least = Math.min(...entities.map((entity) => entity.confidence ?? 1));
    await desk.press("n");
    const current = entities.find((entity) => entity.confidence === least);
    await expect.poll(() => desk.current()).toBe(current?.id);
  });
});

describe("by pointer", () => {
  it("drags an edge to the next word", async () => {
    const id = (await stored("cough"))?.id ?? "";
    await desk.highlight(id).click();
    const handle = desk.highlight(id).locator("[data-edge=end]");
    const from = await handle.boundingBox();
    const target = await app.page.getByText("Takes", { exact: false }).first().boundingBox();
    if (!from || !target) throw new Error("nothing to drag");
    await app.page.mouse.move(from.x, from.y + from.height / 2);
    await app.page.mouse.down();
    await app.page.mouse.move(from.x + 6, from.y + from.height / 2, { steps: 3 });
    await app.page.mouse.up();
    await expect.poll(() => statusOf("cough.")).toBe("edited");
  });

  it("adds the words that were selected", async () => {
    await app.page.evaluate(`{
      const walker = document.createTreeWalker(document.querySelector("[role=document]"), NodeFilter.SHOW_TEXT);
      let node;
      while ((node = walker.nextNode()) && !node.textContent.includes("leaflets"));
      const at = node.textContent.indexOf("2 leaflets");
      getSelection().setBaseAndExtent(node, at, node, at + 11);
    }`);
    await desk.press("Space");
    await desk.types.getByRole("menuitemradio", { name: /Dosage/ }).click();
    await expect.poll(() => statusOf("2 leaflets.")).toBe("added");
  });
});

describe("another window", () => {
  it("shows what was corrected in the first", async () => {
    const id = (await stored("cough"))?.id ?? "";
    await app.ask("review.apply", { documentId, actions: [{ kind: "accept", entityId: id }] });
    await expect(desk.highlight(id)).toHaveAttribute("data-status", "accepted");
  });

  it("says so when what is corrected was deleted meanwhile", async () => {
    await walkTo("cough");
    const { caseId } = await app.ask("documents.get", { documentId });
    await app.ask("cases.delete", { caseId });
    await desk.press("a");
    await expect(app.page.getByRole("alert").first()).toBeVisible();
  });
});
