import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What every screen has: places, search, status, palette, key help, notices. */
export function framePage(page: Page) {
  return {
    search: page.getByRole("searchbox"),
    status: (part: "model" | "queue") => page.locator(`[data-part=${part}]`),
    dialog: (name: string | RegExp) => page.getByRole("dialog", { name }),
    notice: (text: string | RegExp) => page.getByRole("status").filter({ hasText: text }),
    heading: (name: string | RegExp) => page.getByRole("heading", { level: 1, name }),

    /** Presses a sequence such as "g m", all at once: between its keys no more than a moment may pass. */
    async keys(sequence: string): Promise<void> {
      await Promise.all(sequence.split(" ").map((key) => page.keyboard.press(key)));
    },
    async goTo(
      place: "cases" | "queue" | "models" | "examples" | "evaluation" | "settings" | "about",
    ): Promise<void> {
      await page.goto(`${new URL(page.url()).origin}/#/${place}`);
    },
    /** Every rule of axe that is broken, and where; an empty list is what a screen should give. */
    async axeViolations(): Promise<string[]> {
      const { violations } = await new AxeBuilder({ page }).analyze();
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
    },
  };
}
