import type { Page } from "@playwright/test";

/** The settings screen. */
export function settingsPage(page: Page) {
  return {
    async language(option: string): Promise<void> {
      await page.locator("#language").click();
      await page.getByRole("option", { name: option }).click();
    },
    async theme(name: string | RegExp): Promise<void> {
      await page.getByRole("radiogroup").first().getByText(name).click();
    },
    type: (label: string) => page.getByRole("checkbox", { name: label, exact: true }),
    threads: page.getByLabel("Processor threads"),
    fontSize: page.getByRole("slider", { name: "Size of the note text" }),
    keyButton: (action: string) => page.getByRole("button", { name: `Change the key of “${action}”` }),
  };
}
