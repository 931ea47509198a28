import { spawnSync } from "node:child_process";
import { _electron, type ElectronApplication, type Page } from "@playwright/test";
import { afterAll, beforeAll, describe, test } from "vitest";
import { hasScreen } from "../../src/cli/start/chooseShell.ts";
import { findElectron } from "../../src/cli/start/electronBinary.ts";
import { programFolder } from "../../src/host/paths.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { expect } from "../support/expect.ts";

// What only Electron itself can prove of its shell. The shell's own logic is tested in src/main with a stand-in.

const binary = findElectron(programFolder());
const whyNot =
  binary === null
    ? "Electron's program is not here"
    : hasScreen()
      ? null
      : "there is no screen here (on Linux, try xvfb-run)";
if (whyNot !== null) process.stderr.write(`e2e/electron is skipped: ${whyNot}.\n`);

describe.skipIf(whyNot !== null)("the Electron shell", () => {
  const folder = temporaryFolder();
  let app: ElectronApplication;
  let page: Page;
  const launch = () =>
    _electron.launch({
      executablePath: binary ?? "",
      timeout: 120_000,
      args: [
        programFolder(),
        `--user-data-dir=${folder.file("user")}`,
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ],
      env: { ...(process.env as Record<string, string>), NOTEGRAIN_DATA: folder.file("data") },
    });
  /** Runs as a script of the page would. */
  const inPage = (script: string): Promise<unknown> => page.evaluate(`(async () => { ${script} })()`);

  beforeAll(async () => {
    app = await launch();
    app.context().setDefaultTimeout(60_000);
    page = await app.firstWindow();
    await page.getByRole("banner").waitFor();
  });

  afterAll(async () => {
    await app?.close();
    folder[Symbol.dispose]();
  });

  test("shows the page under its own scheme, offline as it is, with the example", async () => {
    expect(page.url()).toMatch(/^app:\/\/notegrain\//);
    await page
      .getByText(/^admission-(en|zh)\.txt$/)
      .first()
      .waitFor();
  });

  test("gives the page neither Node nor Electron, and only the named methods", async () => {
    expect(await inPage("return [typeof require, typeof process, typeof module]")).toEqual([
      "undefined",
      "undefined",
      "undefined",
    ]);
    expect(await inPage("return Object.keys(window.notegrain).sort()")).toEqual([
      "cancel",
      "listen",
      "methods",
    ]);
    expect(
      await inPage(
        "return Object.values(window.notegrain.methods).every((method) => typeof method === 'function')",
      ),
    ).toBe(true);
  });

  test.each([
    ["the network", 'await fetch("https://example.org/")'],
    ["this computer's network", 'await fetch("http://127.0.0.1:9/")'],
    ["a file", 'await fetch("file:///etc/hosts")'],
    ["another page of the scheme", 'await fetch("app://elsewhere/")'],
    ["words as a program", 'Function("return 1")()'],
  ])("lets the page reach %s not at all", async (_, script) => {
    expect(await inPage(`try { ${script}; return "reached" } catch { return "refused" }`)).toBe("refused");
  });

  test("stays where it is and opens no window", async () => {
    expect(await inPage('return window.open("https://example.org/") === null')).toBe(true);
    await app.evaluate(({ BrowserWindow }) => {
      const refused = new Promise<boolean>((resolve) => {
        const [window] = BrowserWindow.getAllWindows();
        window?.webContents.once("will-navigate", (event) => resolve(event.defaultPrevented));
      });
      Object.assign(globalThis, { refused });
    });
    await inPage('location.href = "https://example.org/"');
    expect(await app.evaluate(() => (globalThis as { refused?: Promise<boolean> }).refused)).toBe(true);
    expect(page.url()).toMatch(/^app:\/\/notegrain\//);
    expect(app.windows()).toHaveLength(1);
  });

  test("grants no permission but writing to the clipboard", async () => {
    for (const name of ["geolocation", "camera", "microphone", "notifications", "clipboard-read"]) {
      expect(
        await inPage(`return (await navigator.permissions.query({ name: "${name}" })).state`),
        name,
      ).toBe("denied");
    }
  });

  test("has every protection of the window on", async () => {
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): object;
      };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
    });
  });

  test("is there once: a second start ends and leaves the first in front", () => {
    const second = spawnSync(
      binary ?? "",
      [programFolder(), `--user-data-dir=${folder.file("user")}`, "--no-sandbox"],
      {
        timeout: 120_000, // for one that hangs
        env: { ...process.env, NOTEGRAIN_DATA: folder.file("data") },
      },
    );
    expect(second.status).toBe(0);
  });

  test("comes back where it was", async () => {
    const size = { width: 1111, height: 777 };
    const bounds = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    await app.evaluate(
      ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted),
      size,
    );
    // The window manager grants it in its own time.
    await expect.poll(bounds).toMatchObject(size);
    await app.close();
    app = await launch();
    page = await app.firstWindow();
    await expect.poll(bounds).toMatchObject(size);
  });
});
