import type { Page } from "@playwright/test";

/** The models screen and the look at a model before it is added. */
export function modelsPage(page: Page) {
  const report = page.getByRole("dialog", { name: /^Look before adding/ });
  return {
    card: (id: string) => page.locator(`[data-model-id="${id}"]`),
    paradigm: (name: string) => page.getByRole("radio", { name }),
    report,
    add: report.getByRole("button", { name: "Add", exact: true }),
    async chooseFile(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
      await page.locator("input[data-import=model]").setInputFiles(file);
    },
  };
}
