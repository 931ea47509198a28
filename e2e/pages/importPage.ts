import type { Page } from "@playwright/test";

/** The ways in: drop, paste, dialog, example. */
export function importPage(page: Page) {
  const report = page.getByRole("dialog", { name: /^(Notes added|Adding notes|病历已添加)$/ });
  const target = page.getByText(/^(Drop to add|松开即可添加)$/);

  /** Holds files over the window without letting go. */
  async function dragOver(...paths: string[]): Promise<(type: "dragOver" | "drop") => Promise<unknown>> {
    const session = await page.context().newCDPSession(page);
    const data = { items: [], files: paths, dragOperationsMask: 1 };
    const send = (type: "dragEnter" | "dragOver" | "drop") =>
      session.send("Input.dispatchDragEvent", { type, x: 700, y: 500, data });
    await send("dragEnter");
    await target.waitFor();
    return send;
  }

  return {
    target,
    report,
    fate: (name: string) => report.getByRole("listitem").filter({ hasText: name }),
    dragOver,
    /** Drops files and folders that exist on disk, as the system's file manager does. */
    async drop(...paths: string[]): Promise<void> {
      const send = await dragOver(...paths);
      await send("dragOver");
      await send("drop");
      await target.waitFor({ state: "hidden" });
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
