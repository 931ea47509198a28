import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** What the page is built from; a packaged program has none of it, and its page is never stale. */
const sources = ["src/renderer", "src/contract", "src/core", "resources", "vite.config.ts"];

/** What the Electron shell is built from besides. */
const shellSources = [
  ...sources,
  "src/main",
  "src/preload",
  "src/host",
  "src/app",
  "src/engine",
  "src/store",
  "src/files",
];

/**
 * Builds the page, or the whole Electron app, where it is missing or older than its sources.
 * @returns false where the build failed; its own words are on stderr then
 */
export function buildIfStale(programFolder: string, what: "page" | "electron"): boolean {
  const out = join(programFolder, what === "page" ? "out/renderer/web.html" : "out/main/index.js");
  const from = what === "page" ? sources : shellSources;
  const newest = Math.max(0, ...from.map((path) => newestChange(join(programFolder, path))));
  if (changed(out) >= newest) return true;
  const command =
    what === "page" ? ["vite/bin/vite.js", "build"] : ["electron-vite/bin/electron-vite.js", "build"];
  const [name = "", ...rest] = command;
  const script = join(programFolder, "node_modules", name);
  if (!existsSync(script)) return false;
  const build = spawnSync(process.execPath, [script, ...rest, "--logLevel", "error"], {
    cwd: programFolder,
    stdio: ["ignore", 2, 2],
  });
  return build.status === 0;
}

/** Milliseconds since 1970 of the latest change below `path`; 0 where it is missing. */
function newestChange(path: string): number {
  const own = changed(path);
  if (own === 0 || !statSync(path).isDirectory()) return own;
  return Math.max(own, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

function changed(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
