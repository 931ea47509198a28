import type { Page } from "@playwright/test";

/** The screen that compares systems on reviewed notes. */
export function evaluationPage(page: Page) {
  const table = page.getByRole("region", { name: "Systems and their figures" });
  return {
    systems: page.getByRole("list", { name: "Systems to compare" }).getByRole("listitem"),
    notes: page.getByRole("region", { name: "Reviewed notes" }).getByRole("checkbox"),
    allNotes: page.getByRole("checkbox", { name: /^\d+ of \d+ notes$/ }),
    add: page.getByRole("button", { name: "Add system" }),
    start: page.getByRole("button", { name: "Compare", exact: true }),
    underWay: page.getByRole("region", { name: "Comparison under way" }),
    table,
    row: (name: string | RegExp) =>
      table.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) }),
    chart: page.getByRole("img", { name: /^F1 with its 95 % interval/ }),
    verdicts: page.getByRole("list", { name: "What the differences are worth" }).getByRole("listitem"),
    types: {
      open: () => page.getByText("Precision, recall and F1 by type", { exact: true }).click(),
      show: (measure: string) =>
        page.getByRole("radiogroup", { name: "Which figure" }).getByText(measure, { exact: true }).click(),
      row: (type: string) =>
        page
          .getByRole("region", { name: "Precision, recall and F1 by type" })
          .getByRole("row")
          .filter({ has: page.getByRole("rowheader", { name: type }) }),
    },
    /** Chooses an option of one of the form's lists. */
    async choose(label: string, option: string): Promise<void> {
      await page.getByRole("combobox", { name: label }).click();
      await page.getByRole("option", { name: option }).click();
    },
  };
}
