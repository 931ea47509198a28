import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Where Electron's program lies, or null. Asking the `electron` package itself would make it download what is
 * missing; this only looks.
 */
export function findElectron(programFolder: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const root = join(programFolder, "node_modules/electron");
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, "dist");
  const path = join(folder, binaryName(root));
  return existsSync(path) ? path : null;
}

/** The package's own note of the name, once its download is done; else the name that this system has. */
function binaryName(root: string): string {
  try {
    return readFileSync(join(root, "path.txt"), "utf8").trim();
  } catch {
    if (process.platform === "darwin") return "Electron.app/Contents/MacOS/Electron";
    return process.platform === "win32" ? "electron.exe" : "electron";
  }
}
