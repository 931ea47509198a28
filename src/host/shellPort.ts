import { join } from "node:path";
import type { ShellPort } from "#app/ports.ts";
import { writeWhole } from "#files/writeWhole.ts";
import { givenFiles } from "./givenFiles.ts";

/** The windows that a shell can open for files. Every answer is a path that the person chose, or null. */
export type Dialogs = {
  openPaths(what: "notes" | "folder" | "model"): Promise<readonly string[] | null>;
  /** A path for one file, by its suggested name. */
  savePath(name: string): Promise<string | null>;
  /** A folder for several files. */
  saveFolder(): Promise<string | null>;
  /** Begins a drag of files that exist. */
  drag(paths: readonly string[]): void;
  /** An empty folder for files that are dragged out; it may be emptied when the program ends. */
  dragFolder(): Promise<string>;
};

/** What the backend can ask of its shell. Without dialogs the page itself offers and saves files. */
export function shellPort(
  kind: ShellPort["kind"],
  dialogs: Dialogs | undefined,
  extensions: readonly string[],
): ShellPort {
  if (!dialogs) {
    return {
      kind,
      chooseNotes: async () => null,
      chooseModel: async () => null,
      saveFiles: async () => false,
      dragFiles: async () => false,
    };
  }
  return {
    kind,
    async chooseNotes(folders) {
      const paths = await dialogs.openPaths(folders ? "folder" : "notes");
      return paths && givenFiles(paths, extensions);
    },
    chooseModel: async () => (await dialogs.openPaths("model"))?.[0] ?? null,
    async saveFiles(files) {
      const [only, ...others] = files;
      if (only === undefined) return null;
      if (others.length === 0) {
        const path = await dialogs.savePath(only.name);
        if (path !== null) await writeWhole(path, only.content);
        return path === null ? null : true;
      }
      const folder = await dialogs.saveFolder();
      if (folder === null) return null;
      for (const { name, content } of files) await writeWhole(join(folder, name), content);
      return true;
    },
    async dragFiles(files) {
      const folder = await dialogs.dragFolder();
      const paths = files.map(({ name }) => join(folder, name));
      for (const [index, { content }] of files.entries()) await writeWhole(paths[index] ?? "", content);
      dialogs.drag(paths);
      return true;
    },
  };
}
