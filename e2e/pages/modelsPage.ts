import type { Page } from "@playwright/test";

/** The models screen and the look at a model before it is added. */
export function modelsPage(page: Page) {
  const beside = (label: string) => page.getByRole("combobox", { name: label });
  const report = page.getByRole("dialog", { name: /^Look before adding/ });
  return {
    card: (id: string) => page.locator(`[data-model-id="${id}"]`),
    beside,
    /** Chooses an option of one of the lists of what can work beside the model. */
    async choose(label: string, option: string): Promise<void> {
      await beside(label).click();
      await page.getByRole("option", { name: option }).click();
    },
    /** Every option of such a list, with the heading above it. */
    async options(label: string) {
      await beside(label).click();
      const list = page.getByRole("listbox");
      await list.getByRole("option").first().waitFor();
      const all = await list.getByRole("option").evaluateAll((options) =>
        options.map((option) => ({
          name: option.textContent,
          group: option.closest("[role=group]")?.firstElementChild?.textContent ?? null,
          canBeChosen: option.getAttribute("aria-disabled") !== "true",
        })),
      );
      await page.keyboard.press("Escape");
      await list.waitFor({ state: "hidden" });
      return all;
    },
    paradigm: (name: string) => page.getByRole("radio", { name }),
    report,
    add: report.getByRole("button", { name: "Add", exact: true }),
    async chooseFile(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
      await page.locator("input[data-import=model]").setInputFiles(file);
    },
  };
}
