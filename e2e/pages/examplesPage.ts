import type { Page } from "@playwright/test";

/** The example bank, and the examples of a note on its desk. */
export function examplesPage(page: Page) {
  const used = page.locator("[data-used-examples]");
  const editor = page.getByRole("dialog", { name: "Edit example" });
  return {
    rows: page.locator("[data-example-id]"),
    row: (words: string) => page.locator("[data-example-id]").filter({ hasText: words }),
    search: page.getByRole("searchbox", { name: "Words" }),
    /** What an import left out, sentence by sentence. */
    leftOut: page.locator("[data-unfit]"),
    /** Examples of the bank that cannot be shown. */
    unfit: page.locator("[data-unfit-stored]"),
    /** Names at marks that are no types. */
    foreign: page.locator("[data-foreign-labels]"),
    vectors: page.locator("[data-vectors]"),
    index: page.getByRole("button", { name: "Make the vectors now" }),
    select: page.getByRole("combobox", { name: "Chosen by" }),
    budget: page.getByRole("textbox", { name: "Room for examples, in tokens" }),
    budgetText: page.locator("#example-budget-text"),
    budgetReset: page.getByRole("button", { name: "Default" }),
    report: page.getByRole("status").filter({ hasText: "new examples" }),
    async importFiles(files: Readonly<Record<string, string>>): Promise<void> {
      await page.locator("input[data-import=examples]").setInputFiles(
        Object.entries(files).map(([name, text]) => ({
          name,
          mimeType: "text/plain",
          buffer: Buffer.from(text),
        })),
      );
    },
    editor,
    editorText: editor.getByRole("textbox"),
    save: editor.getByRole("button", { name: "Save" }),
    used,
    usedToggle: used.getByRole("button", { name: /^Examples used for this note/ }),
  };
}
