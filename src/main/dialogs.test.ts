import { existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import type { BrowserWindow, NativeImage } from "electron";
import { describe, expect, test, vi } from "vitest";
import { nativeDialogs } from "./dialogs.ts";
import { wordsFor } from "./words.ts";

function standIn() {
  const dialog = {
    showOpenDialog: vi.fn(async () => ({ canceled: false, filePaths: ["/notes/a.txt", "/notes/b.txt"] })),
    showSaveDialog: vi.fn(async () => ({ canceled: false, filePath: "/out/a.json" })),
  };
  const startDrag = vi.fn();
  const window = { webContents: { startDrag } } as unknown as BrowserWindow;
  const dialogs = nativeDialogs({
    dialog: dialog as never,
    window: () => window,
    words: wordsFor("en"),
    extensions: [".txt", ".md"],
    temporary: tmpdir(),
    dragIcon: {} as NativeImage,
  });
  return { dialog, dialogs, startDrag, window };
}

describe("a person chooses", () => {
  test("notes, among the kinds that can be read", async () => {
    const { dialog, dialogs, window } = standIn();
    expect(await dialogs.openPaths("notes")).toEqual(["/notes/a.txt", "/notes/b.txt"]);
    expect(dialog.showOpenDialog).toHaveBeenCalledWith(window, {
      properties: ["openFile", "multiSelections"],
      filters: [
        { name: "Notes", extensions: ["txt", "md"] },
        { name: "*", extensions: ["*"] },
      ],
    });
  });

  test("a folder, or one model", async () => {
    const { dialog, dialogs, window } = standIn();
    await dialogs.openPaths("folder");
    await dialogs.openPaths("model");
    expect(dialog.showOpenDialog).toHaveBeenCalledWith(window, {
      properties: ["openDirectory", "multiSelections"],
    });
    expect(dialog.showOpenDialog).toHaveBeenLastCalledWith(
      window,
      expect.objectContaining({
        properties: ["openFile"],
        filters: [expect.objectContaining({ extensions: ["gguf"] })],
      }),
    );
  });

  test("where an export goes", async () => {
    const { dialog, dialogs, window } = standIn();
    expect(await dialogs.savePath("a.json")).toBe("/out/a.json");
    expect(dialog.showSaveDialog).toHaveBeenCalledWith(
      window,
      expect.objectContaining({ defaultPath: "a.json" }),
    );
    expect(await dialogs.saveFolder()).toBe("/notes/a.txt");
  });

  test("nothing, which is no answer", async () => {
    const { dialog, dialogs } = standIn();
    dialog.showOpenDialog.mockResolvedValue({ canceled: true, filePaths: [] });
    dialog.showSaveDialog.mockResolvedValue({ canceled: true, filePath: "" });
    expect(await dialogs.openPaths("notes")).toBeNull();
    expect(await dialogs.saveFolder()).toBeNull();
    expect(await dialogs.savePath("a.json")).toBeNull();
  });
});

test("files are dragged out from a folder of their own", async () => {
  const { dialogs, startDrag } = standIn();
  const folder = await dialogs.dragFolder();
  expect(existsSync(folder)).toBe(true);
  rmSync(folder, { recursive: true });
  dialogs.drag(["/x/a.csv"]);
  expect(startDrag).toHaveBeenLastCalledWith({ file: "/x/a.csv", icon: {} });
  dialogs.drag(["/x/a.ann", "/x/a.txt"]);
  expect(startDrag).toHaveBeenLastCalledWith({ file: "/x/a.ann", files: ["/x/a.ann", "/x/a.txt"], icon: {} });
});
