import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** A browser of the Chromium family that is installed on this computer. */
export type SystemBrowser = { readonly name: string; readonly path: string };

const linuxCommands: readonly (readonly [name: string, command: string])[] = [
  ["Chromium", "chromium"],
  ["Chromium", "chromium-browser"],
  ["Chrome", "google-chrome"],
  ["Chrome", "google-chrome-stable"],
  ["Edge", "microsoft-edge"],
];

/** Where the installers of macOS and Windows put them. */
function installed(env: NodeJS.ProcessEnv): readonly SystemBrowser[] {
  const programs = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].filter(
    (folder) => folder !== undefined,
  );
  return [
    { name: "Chromium", path: "/Applications/Chromium.app/Contents/MacOS/Chromium" },
    { name: "Chrome", path: "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" },
    { name: "Edge", path: "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge" },
    ...programs.map((folder) => ({
      name: "Chrome",
      path: join(folder, "Google/Chrome/Application/chrome.exe"),
    })),
    ...programs.map((folder) => ({
      name: "Edge",
      path: join(folder, "Microsoft/Edge/Application/msedge.exe"),
    })),
  ];
}

/** The first browser of the Chromium family that is there, or null. */
export function findSystemBrowser(env: NodeJS.ProcessEnv = process.env): SystemBrowser | null {
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const onPath = linuxCommands.flatMap(([name, command]) =>
    folders.map((folder) => ({ name, path: join(folder, command) })),
  );
  return [...onPath, ...installed(env)].find(({ path }) => isExecutable(path)) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
