import type { Page } from "@playwright/test";

/** The reading desk: the note, the findings beside it, the filters, the review and the export. */
export function deskPage(page: Page) {
  const highlights = page.locator("[data-entity-id]");
  const findings = page.locator("[data-findings]");
  const filters = page.getByRole("toolbar", { name: /^(Filters|筛选)$/ });
  const dialog = page.getByRole("dialog", { name: /^(Export|导出)$/ });

  async function moveSlider(name: RegExp, percent: number): Promise<void> {
    await filters.getByRole("slider", { name }).focus();
    await page.keyboard.press("Home");
    for (let at = 0; at < percent; at += 1) await page.keyboard.press("ArrowRight");
  }

  return {
    // Not by its role alone: the page itself is a document too.
    note: page.locator("[role=document]"),
    highlights,
    findings,
    filters,
    card: page.locator("[data-card][data-anchor=current]"),
    hoverCard: page.locator("[data-card][data-anchor=hovered]"),
    types: page.getByRole("menu"),
    legend: page.getByRole("complementary", { name: /^(Legend|图例)$/ }),
    progress: page.getByRole("progressbar", { name: "Reading" }),
    shown: filters.getByRole("status"),
    filterText: filters.getByRole("textbox"),
    highlight: (id: string) => page.locator(`[data-entity-id="${id}"]`),
    finding: (words: string | RegExp) => findings.getByRole("button", { name: words }),
    rows: findings.locator("[data-row]"),
    button: (name: string | RegExp) => page.getByRole("button", { name }),

    async open(caseId: string): Promise<void> {
      await page.goto(`${new URL(page.url()).origin}/#/case/${caseId}`);
    },
    async press(...keys: string[]): Promise<void> {
      for (const key of keys) await page.keyboard.press(key);
    },
    /** The ids of all highlights on the page, each once. */
    async ids(): Promise<string[]> {
      const all = await highlights.evaluateAll((marks) =>
        marks.map((mark) => mark.getAttribute("data-entity-id") ?? ""),
      );
      return [...new Set(all)];
    },
    /** The words of the note that are marked because the filter looks for them, where none crosses an edge. */
    foundWords: () =>
      page.evaluate<string[]>(
        `[...(CSS.highlights.get("found-words") ?? [])].map(
          ({ startContainer, startOffset, endOffset }) => startContainer.data.slice(startOffset, endOffset))`,
      ),
    /** The words under the highlights of an entity, as the page shows them. */
    async words(id: string): Promise<string> {
      return (await page.locator(`[data-entity-id="${id}"]`).allTextContents()).join("");
    },
    /** The id of the entity in focus, or null where none is; it waits for nothing. */
    async current(): Promise<string | null> {
      const marks = page.locator("[data-current][data-first]");
      return marks.evaluateAll(([mark]) => mark?.getAttribute("data-entity-id") ?? null);
    },
    /** Opens one of the lists of the filter bar, leaves only `choice` and closes it. */
    async filterOnly(list: string, choice: string): Promise<void> {
      await filters.getByRole("button", { name: new RegExp(`^${list}`) }).click();
      const open = page.getByRole("dialog", { name: list });
      await open.getByRole("button", { name: `${choice}: only this` }).click();
      await page.keyboard.press("Escape");
      await open.waitFor({ state: "hidden" });
    },
    /** Lets only entities of at least this confidence, in whole per cent, through. */
    confidenceFrom: (percent: number) => moveSlider(/^Lowest confidence/, percent),
    /** Keeps only spans that the selector finds at least this likely, in whole per cent. */
    secondLookFrom: (percent: number) => moveSlider(/^Lowest probability/, percent),

    export: {
      dialog,
      preview: dialog.locator("pre"),
      handle: dialog.locator("[draggable=true]"),
      saveByDialog: () => dialog.getByRole("button", { name: /^(Save|保存)$/ }).click(),
      async choose(format: string): Promise<void> {
        await dialog.getByText(format, { exact: true }).click();
      },
      /** Saves and answers the files that the browser was given, by name. */
      async save(count: number): Promise<Map<string, string>> {
        const files = new Map<string, string>();
        const downloads = new Promise<void>((resolve) => {
          page.on("download", async (download) => {
            const { readFile } = await import("node:fs/promises");
            files.set(download.suggestedFilename(), await readFile(await download.path(), "utf8"));
            if (files.size === count) resolve();
          });
        });
        await dialog.getByRole("button", { name: /^(Save|保存)$/ }).click();
        await downloads;
        return files;
      },
    },
  };
}
