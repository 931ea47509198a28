import { EventEmitter } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions } from "electron";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";

/** Everything of Electron that the shell touches, and a record of what was done with it. */
function electronStandIn(userData: string, options: { readonly isFirst: boolean }) {
  const done: string[] = [];
  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    enableSandbox: () => done.push("sandbox"),
    commandLine: { appendSwitch: (name: string) => done.push(`switch ${name}`) },
    requestSingleInstanceLock: () => options.isFirst,
    whenReady: async () => void done.push("ready"),
    getLocale: () => "zh-CN",
    getPath: (name: string) => (name === "userData" ? userData : "/tmp"),
    quit: () => done.push("quit"),
    exit: (code: number) => done.push(`exit ${code}`),
  });
  const contents = Object.assign(new EventEmitter(), {
    isDestroyed: () => false,
    send: vi.fn(),
    setWindowOpenHandler: vi.fn(),
  });
  const window = Object.assign(new EventEmitter(), {
    webContents: contents,
    loadURL: vi.fn(async (url: string) => void done.push(`load ${url}`)),
    show: vi.fn(),
    focus: vi.fn(),
    restore: vi.fn(),
    maximize: vi.fn(),
    isMinimized: () => true,
    isMaximized: () => false,
    getNormalBounds: () => ({ x: 1, y: 2, width: 900, height: 700 }),
  });
  const created: BrowserWindowConstructorOptions[] = [];
  const handled: string[] = [];
  const session = Object.assign(new EventEmitter(), {
    webRequest: { onBeforeRequest: () => done.push("network closed") },
    protocol: { handle: (scheme: string) => handled.push(scheme) },
    enableNetworkEmulation: () => {},
    setSpellCheckerEnabled: () => {},
    setPermissionRequestHandler: () => {},
    setPermissionCheckHandler: () => {},
    setDevicePermissionHandler: () => {},
  });
  const menus: MenuItemConstructorOptions[][] = [];
  const showErrorBox = vi.fn();
  const module = {
    app,
    BrowserWindow: class {
      constructor(given: BrowserWindowConstructorOptions) {
        created.push(given);
        // biome-ignore lint/correctness/noConstructorReturn: stands in for a class of Electron's
        return window;
      }
    },
    dialog: { showErrorBox },
    ipcMain: new EventEmitter(),
    Menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (template: MenuItemConstructorOptions[]) => menus.push(template),
    },
    nativeImage: { createFromPath: () => ({}) },
    protocol: { registerSchemesAsPrivileged: () => done.push("scheme") },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    session: { fromPartition: (name: string) => (name.startsWith("persist:") ? null : session) },
    utilityProcess: { fork: vi.fn() },
  };
  return { module, app, window, contents, created, done, handled, menus, showErrorBox };
}

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
  vi.stubEnv("NOTEGRAIN_DATA", folder.file("data"));
  vi.stubEnv("NOTEGRAIN_PROGRAM", folder.path);
  vi.resetModules();
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.doUnmock("electron");
  folder[Symbol.dispose]();
});

async function startWith(electron: ReturnType<typeof electronStandIn>): Promise<void> {
  vi.doMock("electron", () => electron.module);
  await import("./index.ts");
}

/** Ends the program as Electron does: it asks again once the first end was held back. */
async function quit({ app, done }: ReturnType<typeof electronStandIn>): Promise<void> {
  const event = { preventDefault: vi.fn() };
  const before = done.filter((what) => what === "quit").length;
  app.emit("will-quit", event);
  expect(event.preventDefault).toHaveBeenCalled();
  await vi.waitFor(() => expect(done.filter((what) => what === "quit")).toHaveLength(before + 1), 10_000);
  const again = { preventDefault: vi.fn() };
  app.emit("will-quit", again);
  expect(again.preventDefault).not.toHaveBeenCalled();
}

test("locks down before it is ready, then opens the page in a window of its own", async () => {
  const electron = electronStandIn(folder.path, { isFirst: true });
  await startWith(electron);
  await vi.waitFor(() => expect(electron.done).toContain("load app://notegrain/"), 10_000);
  const { done, created, handled, menus, window } = electron;
  for (const early of ["sandbox", "switch host-resolver-rules", "scheme"]) {
    expect(done.indexOf(early), early).toBeLessThan(done.indexOf("ready"));
    expect(done).toContain(early);
  }
  expect(done.indexOf("network closed")).toBeLessThan(done.indexOf("load app://notegrain/"));
  expect(handled).toEqual(["http", "https", "ftp", "app"]);
  expect(created).toMatchObject([{ show: false, webPreferences: { sandbox: true, devTools: true } }]);
  expect(menus[0]?.[0]?.label).toBe("文件");
  window.emit("ready-to-show");
  expect(window.show).toHaveBeenCalled();
  window.emit("close");
  expect(existsSync(folder.file("window.json"))).toBe(true);
  electron.app.emit("window-all-closed");
  expect(done).toContain("quit");
  await quit(electron);
});

test("serves the backend to the page, and brings a note in that the system opens", async () => {
  const electron = electronStandIn(folder.path, { isFirst: true });
  await startWith(electron);
  await vi.waitFor(() => expect(electron.done).toContain("load app://notegrain/"), 10_000);
  const answers: unknown[] = [];
  electron.contents.send.mockImplementation((_channel: string, message: unknown) => answers.push(message));
  const event = { sender: electron.contents, senderFrame: { parent: null, url: "app://notegrain/" } };
  electron.module.ipcMain.emit("notegrain:toBackend", event, {
    kind: "request",
    id: 1,
    method: "about.get",
    request: {},
  });
  await vi.waitFor(() =>
    expect(answers).toContainEqual(
      expect.objectContaining({
        kind: "answer",
        id: 1,
        result: { ok: true, value: expect.objectContaining({ shell: "electron" }) },
      }),
    ),
  );
  writeFileSync(folder.file("adm.txt"), "Chest pain.");
  electron.app.emit("second-instance", {}, ["/notegrain", "adm.txt"], folder.path);
  expect(electron.window.restore).toHaveBeenCalled();
  expect(electron.window.focus).toHaveBeenCalled();
  await vi.waitFor(() =>
    expect(answers).toContainEqual({ kind: "event", name: "open", payload: { caseId: expect.any(String) } }),
  );
  await quit(electron);
});

test("a second start hands over and ends", async () => {
  const electron = electronStandIn(folder.path, { isFirst: false });
  await startWith(electron);
  expect(electron.done).toContain("quit");
  expect(electron.done).not.toContain("ready");
});

test("a store that cannot be opened is told in the person's language, and nothing is begun", async () => {
  writeFileSync(
    folder.file("cases.db"),
    "this is no database, and long enough to be told apart from one".repeat(20),
  );
  vi.stubEnv("NOTEGRAIN_DATA", folder.file("cases.db"));
  const electron = electronStandIn(folder.path, { isFirst: true });
  await startWith(electron);
  await vi.waitFor(() => expect(electron.done).toContain("exit 1"), 10_000);
  const [title, text] = electron.showErrorBox.mock.calls[0] ?? [];
  expect(title).toBe("Notegrain 无法启动");
  expect(text).toContain("病例库 cases.db");
  expect(electron.created).toEqual([]);
});

test("every page that is ever made is held in place", async () => {
  const electron = electronStandIn(folder.path, { isFirst: true });
  await startWith(electron);
  const opened = new EventEmitter();
  const prevented = { preventDefault: vi.fn() };
  electron.app.emit("web-contents-created", {}, Object.assign(opened, { setWindowOpenHandler: () => {} }));
  opened.emit("will-navigate", prevented);
  expect(prevented.preventDefault).toHaveBeenCalled();
  await vi.waitFor(() => expect(electron.done).toContain("load app://notegrain/"), 10_000);
  await quit(electron);
});
