import type { ExportFile } from "#contract/records.ts";

/** Saves files through the browser, where the shell has no dialog of its own. */
export function saveFiles(files: readonly ExportFile[]): void {
  for (const file of files) {
    const address = URL.createObjectURL(
      new Blob([file.content], { type: `${file.mediaType};charset=utf-8` }),
    );
    const link = document.createElement("a");
    link.href = address;
    link.download = file.name;
    link.click();
    // The browser has taken the content by the next turn; a little later costs nothing.
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }
}
