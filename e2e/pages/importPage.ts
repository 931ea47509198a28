import type { Page } from "@playwright/test";

/** The ways in: drop, paste, dialog, example. */
export function importPage(page: Page) {
  const report = page.getByRole("dialog", { name: /^(Notes added|Adding notes|病历已添加)$/ });
  return {
    report,
    fate: (name: string) => report.getByRole("listitem").filter({ hasText: name }),
    /** Drops files and folders that exist on disk, as the system's file manager does. */
    async drop(...paths: string[]): Promise<void> {
      const session = await page.context().newCDPSession(page);
      const data = { items: [], files: paths, dragOperationsMask: 1 };
      for (const type of ["dragEnter", "dragOver", "drop"] as const) {
        await session.send("Input.dispatchDragEvent", { type, x: 700, y: 500, data });
      }
      await session.detach();
    },
    /** Holds a drag over the window without letting go. */
    async dragOver(path: string): Promise<void> {
      const session = await page.context().newCDPSession(page);
      const data = { items: [], files: [path], dragOperationsMask: 1 };
      await session.send("Input.dispatchDragEvent", { type: "dragEnter", x: 700, y: 500, data });
      await session.detach();
    },
    /** A paste of text into whatever has the focus. */
    async paste(text: string): Promise<void> {
      await page.evaluate(`{
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", ${JSON.stringify(text)});
        const init = { clipboardData, bubbles: true, cancelable: true };
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", init));
      }`);
    },
    async chooseFiles(...paths: string[]): Promise<void> {
      await page.locator("input[data-import=files]").setInputFiles(paths);
    },
    async chooseFolder(path: string): Promise<void> {
      await page.locator("input[data-import=folder]").setInputFiles(path);
    },
    async openExample(): Promise<void> {
      await page.getByRole("button", { name: /^(Open the example|打开示例)$/ }).click();
    },
  };
}
