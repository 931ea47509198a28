import type { SystemBrowser } from "./systemBrowser.ts";

/** How the app is shown, and why. */
export type ShellChoice =
  | { readonly shell: "electron"; readonly path: string; readonly why: string }
  | { readonly shell: "browser"; readonly browser: SystemBrowser; readonly why: string }
  | { readonly shell: "url"; readonly why: string };

export type Surroundings = {
  readonly electron: string | null;
  readonly browser: SystemBrowser | null;
  /** Whether windows can be shown here. */
  readonly hasScreen: boolean;
};

/** Electron, else a browser window of its own, else the address alone. */
export function chooseShell({ electron, browser, hasScreen }: Surroundings): ShellChoice {
  if (!hasScreen) return { shell: "url", why: "There is no screen here, so no window is opened." };
  if (electron !== null) return { shell: "electron", path: electron, why: "Opening Notegrain in Electron." };
  const missing = "Electron's program is not here (npm could not fetch it)";
  if (browser === null) {
    return { shell: "url", why: `${missing}, and neither is Chromium, Chrome or Edge.` };
  }
  return { shell: "browser", browser, why: `${missing}, so Notegrain opens in a window of ${browser.name}.` };
}

/** On Linux a display must be named; macOS and Windows always have one. */
export function hasScreen(
  env: NodeJS.ProcessEnv = process.env,
  platform: string = process.platform,
): boolean {
  return platform !== "linux" || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}
