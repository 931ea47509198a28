import type { Locator, Page } from "@playwright/test";

/** The case list and what can be done from it. */
export function casesPage(page: Page) {
  const list = page.getByRole("navigation", { name: /^(List of cases|病例列表)$/ });
  const row = (title: string): Locator => list.locator("li").filter({ hasText: title });
  return {
    list,
    row,
    link: (title: string) => row(title).getByRole("link"),
    links: list.getByRole("link"),
    heading: list.getByRole("heading", { level: 2 }),
    status: (title: string, status: string) => row(title).getByRole("img", { name: status }),
    toolbar: list.getByRole("toolbar"),
    async menu(title: string, item: string): Promise<void> {
      await row(title).hover();
      await row(title)
        .getByRole("button", { name: `More for ${title}` })
        .click();
      await page.getByRole("menuitem", { name: item }).click();
    },
    async choose(which: "Show by status" | "Order", option: string): Promise<void> {
      await list.getByRole("combobox", { name: which }).or(list.getByLabel(which)).first().click();
      await page.getByRole("option", { name: option }).click();
    },
  };
}
