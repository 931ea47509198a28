import { chmodSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/support/temporaryFolder.ts";
import { buildIfStale } from "./buildPage.ts";
import { chooseShell, hasScreen } from "./chooseShell.ts";
import { findElectron } from "./electronBinary.ts";
import { findSystemBrowser } from "./systemBrowser.ts";

const browser = { name: "Chromium", path: "/usr/bin/chromium" };

describe("the shell", () => {
  test("is Electron where its program is", () => {
    expect(chooseShell({ electron: "/e", browser, hasScreen: true })).toMatchObject({
      shell: "electron",
      path: "/e",
    });
  });

  test("is a browser's window else, and says why", () => {
    const choice = chooseShell({ electron: null, browser, hasScreen: true });
    expect(choice).toMatchObject({ shell: "browser", browser });
    expect(choice.why).toBe(
      "Electron's program is not here (npm could not fetch it), so Notegrain opens in a window of Chromium.",
    );
  });

  test("is the address alone where there is neither, or no screen", () => {
    expect(chooseShell({ electron: null, browser: null, hasScreen: true })).toMatchObject({ shell: "url" });
    expect(chooseShell({ electron: "/e", browser, hasScreen: false })).toEqual({
      shell: "url",
      why: "There is no screen here, so no window is opened.",
    });
  });

  test.each([
    ["linux", {}, false],
    ["linux", { DISPLAY: ":0" }, true],
    ["linux", { DISPLAY: "", WAYLAND_DISPLAY: "wayland-0" }, true],
    ["darwin", {}, true],
    ["win32", {}, true],
  ])("on %s with %j there is a screen: %s", (platform, env, expected) => {
    expect(hasScreen(env, platform)).toBe(expected);
  });
});

describe("what is looked for", () => {
  test("Electron's program, without asking its package, which would download it", () => {
    using folder = temporaryFolder();
    const root = folder.file("node_modules/electron");
    mkdirSync(join(root, "dist"), { recursive: true });
    expect(findElectron(folder.path, {})).toBeNull();
    writeFileSync(join(root, "path.txt"), "electron-here\n");
    expect(findElectron(folder.path, {})).toBeNull();
    writeFileSync(join(root, "dist/electron-here"), "");
    expect(findElectron(folder.path, {})).toBe(join(root, "dist/electron-here"));
    expect(findElectron(folder.path, { ELECTRON_OVERRIDE_DIST_PATH: folder.file("elsewhere") })).toBeNull();
  });

  test.skipIf(process.platform === "win32")("a browser on the path that may be run", () => {
    using folder = temporaryFolder();
    expect(findSystemBrowser({ PATH: folder.path })).toBeNull();
    writeFileSync(folder.file("google-chrome"), "");
    expect(findSystemBrowser({ PATH: folder.path })).toBeNull();
    chmodSync(folder.file("google-chrome"), 0o755);
    expect(findSystemBrowser({ PATH: `/nowhere:${folder.path}` })).toEqual({
      name: "Chrome",
      path: folder.file("google-chrome"),
    });
  });

  test("a page that is newer than all it is made from, which is not built again", () => {
    using folder = temporaryFolder();
    for (const path of ["src/renderer", "out/renderer"]) mkdirSync(folder.file(path), { recursive: true });
    writeFileSync(folder.file("src/renderer/App.tsx"), "");
    writeFileSync(folder.file("out/renderer/web.html"), "");
    const later = Date.now() / 1000 + 60;
    utimesSync(folder.file("out/renderer/web.html"), later, later);
    expect(buildIfStale(folder.path, "page")).toBe(true);
    // Now it is stale, and there is nothing here to build it with.
    utimesSync(folder.file("src/renderer/App.tsx"), later + 60, later + 60);
    expect(buildIfStale(folder.path, "page")).toBe(false);
  });
});
