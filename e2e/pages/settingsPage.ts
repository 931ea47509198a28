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
    ownTypes: {
      add: page.getByRole("button", { name: "Add a type" }),
      change: (name: string) => page.getByRole("button", { name: `Change ${name}`, exact: true }),
      remove: (name: string) => page.getByRole("button", { name: `Remove ${name}`, exact: true }),
      putBack: page.getByRole("button", { name: "Put it back" }),
      form: page.getByRole("dialog", { name: /^(Add|Change) a type$/ }),
      async fill(fields: Readonly<Record<string, string>>): Promise<void> {
        const form = page.getByRole("dialog", { name: /^(Add|Change) a type$/ });
        for (const [label, words] of Object.entries(fields)) await form.getByLabel(label).fill(words);
        await form.getByRole("button", { name: "Save" }).click();
      },
    },
    threads: page.getByLabel("Processor threads"),
    fontSize: page.getByRole("slider", { name: "Size of the note text" }),
    keyButton: (action: string) => page.getByRole("button", { name: `Change the key of “${action}”` }),
  };
}
