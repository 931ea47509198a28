import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserWindow, Dialog, NativeImage } from "electron";
import type { Dialogs } from "#host/shellPort.ts";
import type { Words } from "./words.ts";

export type DialogSurroundings = {
  readonly dialog: Pick<Dialog, "showOpenDialog" | "showSaveDialog">;
  /** The window that they belong to, or null while there is none. */
  readonly window: () => BrowserWindow | null;
  readonly words: Words;
  /** Extensions of notes, with the dot. */
  readonly extensions: readonly string[];
  /** The system's folder for temporary files. */
  readonly temporary: string;
  readonly dragIcon: NativeImage;
};

/** The native windows for files. Paths come from here and never from the page. */
export function nativeDialogs(surroundings: DialogSurroundings): Dialogs {
  const { dialog, window, words, extensions, temporary, dragIcon } = surroundings;
  const present = (): BrowserWindow => {
    const open = window();
    if (open === null) throw new Error("A dialog needs a window");
    return open;
  };
  const filters = {
    notes: [
      { name: words.notes, extensions: extensions.map((extension) => extension.slice(1)) },
      { name: "*", extensions: ["*"] },
    ],
    model: [{ name: words.models, extensions: ["gguf"] }],
  };

  return {
    async openPaths(what) {
      const { canceled, filePaths } = await dialog.showOpenDialog(
        present(),
        what === "folder"
          ? { properties: ["openDirectory", "multiSelections"] }
          : {
              properties: what === "notes" ? ["openFile", "multiSelections"] : ["openFile"],
              filters: filters[what],
            },
      );
      return canceled ? null : filePaths;
    },
    async savePath(name) {
      const { canceled, filePath } = await dialog.showSaveDialog(present(), {
        title: words.save,
        defaultPath: name,
      });
      return canceled || filePath === "" ? null : filePath;
    },
    async saveFolder() {
      const { canceled, filePaths } = await dialog.showOpenDialog(present(), {
        title: words.saveInto,
        properties: ["openDirectory", "createDirectory"],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },
    dragFolder: () => mkdtemp(join(temporary, "notegrain-drag-")),
    drag(paths) {
      const [file = "", ...others] = paths;
      present().webContents.startDrag({
        file,
        ...(others.length > 0 ? { files: [file, ...others] } : {}),
        icon: dragIcon,
      });
    },
  };
}
