import { afterAll, afterEach, beforeEach, describe, it } from "vitest";
import { NotegrainError } from "../src/core/errors.ts";
import { openStore } from "../src/store/openStore.ts";
import { plantExample } from "../test/support/examples.ts";
import { fakeEmbedding } from "../test/support/fakeEmbedding.ts";
import { temporaryFolder } from "../test/support/temporaryFolder.ts";
import { deskPage } from "./pages/deskPage.ts";
import { examplesPage } from "./pages/examplesPage.ts";
import { framePage } from "./pages/framePage.ts";
import { type AppOptions, type AppUnderTest, closeBrowser, startApp } from "./support/app.ts";
import { expect } from "./support/expect.ts";

const gold = {
  "a.txt": "She had a dry cough. He took aspirin daily at home.",
  "a.ann": "T1\tSign_symptom 14 19\tcough\nT2\tMedication 29 36\taspirin\n",
  "b.iob": "Fever\tB-Sign_symptom\nfor\tO\ntwo\tB-Duration\ndays\tI-Duration\n",
};

let app: AppUnderTest;
let frame: ReturnType<typeof framePage>;
let examples: ReturnType<typeof examplesPage>;

async function start(locale: "en-GB" | "zh-CN" = "en-GB", options: AppOptions = {}) {
  app = await startApp({ locale, exampleTokens: 2000, ...options });
  frame = framePage(app.page);
  examples = examplesPage(app.page);
  await frame.goTo("examples");
}

/** A note that was read with the bank in the store. */
async function readWithExamples(): Promise<{ documentId: string; caseId: string }> {
  await app.ask("models.choose", { modelId: "fake", adapterId: null, paradigm: "few" });
  const bytes = new TextEncoder().encode("A cough for three days. Aspirin was given.");
  const files = [{ name: "note.txt", bytes }];
  const [fate] = await app.ask("notes.import", { files, caseId: null });
  const documentId = fate?.documentId ?? "";
  await expect.poll(async () => (await app.ask("documents.get", { documentId })).status).toBe("done");
  return { documentId, caseId: fate?.caseId ?? "" };
}

const usedTexts = async (documentId: string) =>
  (await app.ask("examples.used", { documentId }))?.used.map(({ example }) => example?.text) ?? [];

afterEach(() => app.close());
afterAll(closeBrowser);

describe("the example bank", () => {
  beforeEach(() => start());

  it("takes annotated files, tells what could not be used, and finds examples by their words", async () => {
    await examples.importFiles({ ...gold, "broken.iob": "no tag here\n" });
    await expect(examples.report).toContainText("3 new examples");
    await expect(examples.report).toContainText("broken");
    await expect(examples.rows).toHaveCount(3);
    await expect(examples.row("aspirin").locator("mark")).toContainText("aspirin");
    await examples.search.fill("fever");
    await expect(examples.rows).toHaveCount(1);
    expect(await frame.axeViolations()).toEqual([]);
  });

  it("is changed by the keyboard alone: edit, pin, ban, delete", async () => {
    await examples.importFiles(gold);
    await expect(examples.rows).toHaveCount(3);
    const act = async (words: string, name: string) => {
      await examples.row(words).getByRole("button", { name }).focus();
      await app.page.keyboard.press("Enter");
    };
    await act("cough", "Edit example");
    await expect(examples.editorText).toHaveValue("She had a dry [Sign_symptom: cough].");
    expect(await frame.axeViolations()).toEqual([]);
    await examples.editorText.fill("She had a [Sign_symptom: dry cough");
    await expect(examples.save).toBeDisabled();
    await examples.editorText.fill("She had a [Sign_symptom: dry cough].");
    await examples.save.focus();
    await app.page.keyboard.press("Enter");
    await expect(examples.editor).toBeHidden();
    await expect(examples.row("cough").locator("mark")).toContainText("dry cough");
    await act("aspirin", "Always show");
    await expect(examples.row("aspirin")).toContainText("pinned");
    await act("aspirin", "Never show");
    await expect(examples.row("aspirin")).toContainText("banned");
    await expect(examples.row("aspirin")).not.toContainText("pinned");
    await act("Fever", "Delete example");
    await expect(examples.rows).toHaveCount(2);
    const list = { search: "", type: null, marked: null, offset: 0, limit: 10 };
    const stored = (await app.ask("examples.list", list)).examples;
    expect(stored.map(({ spans, isBanned }) => [spans[0]?.start, isBanned])).toEqual([
      [10, false],
      [8, true],
    ]);
  });

  it("says what to do where it is empty, and is reached by a key", async () => {
    await frame.goTo("cases");
    await frame.keys("g x");
    await expect(frame.heading("Examples")).toBeVisible();
    await expect(app.page.getByText("No examples yet.")).toBeVisible();
    expect(await frame.axeViolations()).toEqual([]);
  });
});

describe("what is wrong with the bank", () => {
  it("an import lists the sentences whose marks do not fit, with their file and why", async () => {
    await start();
    await examples.importFiles({
      ...gold,
      "inside.txt": "Severe headache since Monday morning.",
      "inside.ann": "T1\tSign_symptom 7 11\thead\n",
    });
    await expect(examples.report).toContainText("inside.ann: examples left out: 1, since their spans begin");
    await app.page.getByText("The sentences that were left out: 1").click();
    await expect(examples.leftOut).toContainText("Severe headache since Monday morning.");
    await expect(examples.leftOut).toContainText("begin or end inside a word");
    await expect(examples.leftOut).toContainText("“head”");
    await expect(examples.rows).toHaveCount(3);
    expect(await frame.axeViolations()).toEqual([]);
  });

  it("names of a corpus that are no types are told, and become the type that one chooses", async () => {
    await start();
    await examples.importFiles({ "bc.iob": "Zorbital\tB-Chemical\nfor\tO\ncough\tB-Sign_symptom\n" });
    await expect(examples.foreign).toContainText("Names in the bank that are none of your types: 1");
    await app.page.getByText("The names", { exact: true }).click();
    await expect(examples.foreign).toContainText("Chemical, marks: 1");
    expect(await frame.axeViolations()).toEqual([]);
    await app.page.getByRole("combobox", { name: "Chemical means" }).click();
    await app.page.getByRole("option", { name: "Medication" }).click();
    await expect(examples.foreign).toBeHidden();
    await expect(examples.row("Zorbital").locator("mark").first()).toContainText("Medication");
  });

  it("stored examples that do not fit are named and mended on the spot", async () => {
    using folder = temporaryFolder();
    const storePath = folder.file("cases.db");
    const store = await openStore(storePath);
    const bad = { ...plantExample("mild headache", "old"), spans: [{ type: "Severity", start: 0, end: 2 }] };
    store.addExamples([{ ...bad, origin: "gold" }]);
    store.close();
    await start("en-GB", { storePath });
    await expect(examples.unfit).toContainText(
      "Examples that are not shown, since their marks do not fit their text: 1.",
    );
    await expect(examples.unfit).toContainText("begin or end inside a word");
    expect(await frame.axeViolations()).toEqual([]);
    await examples.unfit.getByRole("button", { name: "Edit example" }).click();
    await examples.editorText.fill("[Severity: mild] headache");
    await examples.save.click();
    await expect(examples.unfit).toBeHidden();
  });

  it("vectors of another encoder are told and made anew", async () => {
    using folder = temporaryFolder();
    const storePath = folder.file("cases.db");
    const encoder =
      (...axes: string[]) =>
      async () =>
        fakeEmbedding(axes, axes.join());
    await start("en-GB", { storePath, encoder: encoder("cough") });
    await examples.importFiles(gold);
    await expect(examples.rows).toHaveCount(3);
    await expect(examples.vectors).toBeHidden();
    await examples.select.click();
    await app.page.getByRole("option", { name: "similar sentence" }).click();
    await expect(examples.vectors).toContainText("Examples not yet compared by meaning: 3.");
    await examples.index.click();
    await expect(examples.vectors).toBeHidden();
    await app.close();

    await start("en-GB", { storePath, encoder: encoder("cough", "fever") });
    await expect(examples.vectors).toContainText("They have 2 numbers, the present encoder gives 3");
    expect(await frame.axeViolations()).toEqual([]);
    await examples.index.click();
    await expect(examples.vectors).toBeHidden();
    expect((await app.ask("examples.state", {})).vectors).toMatchObject({ missing: 0, otherDimension: null });
  });

  it("an encoder that does not open is told in the user's language", async () => {
    const encoder = () =>
      Promise.reject(new NotegrainError("NG-ENCODER", { name: "x.onnx", reason: "ENCODER-FORMAT" }));
    await start("zh-CN", { encoder });
    await app.ask("examples.import", {
      files: [{ name: "b.iob", bytes: new TextEncoder().encode(gold["b.iob"]) }],
    });
    await app.ask("settings.set", { select: "token" });
    await expect(app.page.getByText("无法使用编码器 x.onnx：不是完整的 ONNX 文件。")).toBeVisible();
  });
});

describe("the room for examples", () => {
  it("is set in tokens, with its cost and default shown, and taken back", async () => {
    await start();
    const budget = async () => (await app.ask("settings.get", {})).examplesBudget;
    await expect(examples.budget).toHaveValue("1500");
    await expect(examples.budgetText).toContainText("default 1,500");
    await expect(examples.budgetText).toContainText("8,192 tokens at a time: examples may take 18%");
    await expect(examples.budgetReset).toBeHidden();
    await examples.budget.fill("4096");
    await expect.poll(budget).toBe(4096);
    await expect(examples.budgetText).toContainText("50%");
    await examples.budget.fill("20");
    await examples.budget.blur();
    await expect.poll(budget).toBe(50);
    expect(await frame.axeViolations()).toEqual([]);
    await examples.budgetReset.click();
    await expect.poll(budget).toBe(1500);
    await expect(examples.budget).toHaveValue("1500");
  });
});

describe("the examples of a note", () => {
  it("are shown with their likeness; one is left out of another run, banned ones never come", async () => {
    await start();
    await examples.importFiles(gold);
    await expect(examples.rows).toHaveCount(3);
    const { documentId, caseId } = await readWithExamples();
    await deskPage(app.page).open(caseId);
    await expect(examples.usedToggle).toHaveText("Examples used for this note: 3");
    await examples.usedToggle.focus();
    await app.page.keyboard.press("Enter");
    const aspirin = examples.used.locator("[data-example-id]").filter({ hasText: "aspirin" });
    await expect(aspirin).toContainText("% alike");
    expect(await frame.axeViolations()).toEqual([]);
    await aspirin.getByRole("button", { name: "Read again without this one" }).click();
    await expect.poll(() => usedTexts(documentId)).not.toContain("He took aspirin daily at home.");
    await expect(examples.usedToggle).toHaveText("Examples used for this note: 2");
    const cough = examples.used.locator("[data-example-id]").filter({ hasText: "cough" });
    await cough.getByRole("button", { name: "Never show" }).click();
    await expect(cough).toContainText("banned");
    await app.ask("queue.start", { documentIds: [documentId] });
    await expect
      .poll(async () => (await usedTexts(documentId)).toSorted())
      .toEqual(["Fever for two days", "He took aspirin daily at home."]);
  });

  it("say how many were left out, and by what rule", async () => {
    await start();
    await examples.importFiles({
      ...gold,
      "c.iob": "Fever\tB-Sign_symptom\nfor\tO\ntwo\tO\ndays\tO\n.\tO\n",
    });
    await expect(examples.rows).toHaveCount(4);
    await app.ask("settings.set", { examplesBudget: 60 });
    const { documentId, caseId } = await readWithExamples();
    await deskPage(app.page).open(caseId);
    const shown = await app.ask("examples.used", { documentId });
    expect(shown).toMatchObject({ budgetTokens: 60, nearDuplicates: 1 });
    expect(shown?.leftOut).toBeGreaterThan(0);
    await expect(examples.used).toContainText(`left out for want of room: ${shown?.leftOut}`);
    await expect(examples.used).toContainText("passed over as near-duplicates: 1");
    await examples.usedToggle.click();
    await expect(examples.used).toContainText("one that does not fit gives way to the next that does");
    await expect(examples.used).toContainText("Together they may take 60 tokens, as is set in Examples.");
    expect(await frame.axeViolations()).toEqual([]);
  });

  it("speak Chinese", async () => {
    await start("zh-CN");
    await examples.importFiles(gold);
    await expect(app.page.getByRole("heading", { name: "示例库：3 个示例" })).toBeVisible();
    const { caseId } = await readWithExamples();
    await deskPage(app.page).open(caseId);
    await app.page.getByRole("button", { name: "本病历使用的示例：3" }).click();
    await expect(app.page.getByText("相似度").first()).toBeVisible();
    expect(await frame.axeViolations()).toEqual([]);
  });
});
