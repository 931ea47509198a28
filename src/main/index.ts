import { join } from "node:path";
import {
  app,
  BrowserWindow,
  dialog,
  Menu,
  nativeImage,
  protocol,
  screen,
  session,
  utilityProcess,
} from "electron";
import { pageAddress } from "#contract/channels.ts";
import type { Backend } from "#contract/client.ts";
import { describeError, toPlainError } from "#contract/errors.ts";
import { noteExtensions } from "#host/noteExtensions.ts";
import { offerExample } from "#host/offerExample.ts";
import { nativeDialogs } from "./dialogs.ts";
import { lockDownApp, lockDownContents, lockDownSession, pageScheme } from "./lockDown.ts";
import { menuTemplate } from "./menu.ts";
import { openBackend } from "./openBackend.ts";
import { notePaths, openNotes } from "./openWith.ts";
import { ownIpcMain } from "./ownIpcMain.ts";
import { pageProtocol } from "./pageProtocol.ts";
import { serveWindow } from "./serveWindow.ts";
import { windowOptions } from "./window.ts";
import { readWindowState, writeWindowState } from "./windowState.ts";
import { wordsFor } from "./words.ts";

// The program of the Electron shell: only what ties Electron to the parts beside this file.
let window: BrowserWindow | null = null;
let backend: Backend | null = null;
/** Notes that the system wants opened before the app is ready. */
const early: string[] = [];

lockDownApp(app);
protocol.registerSchemesAsPrivileged([pageScheme]);
app.on("web-contents-created", (_event, contents) => lockDownContents(contents));

if (app.requestSingleInstanceLock()) {
  app.on("second-instance", (_event, words, folder) => {
    bringForward();
    void show(notePaths(words.slice(1), folder, noteExtensions()));
  });
  app.on("open-file", (event, path) => {
    event.preventDefault();
    void show([path]);
  });
  app.on("window-all-closed", () => app.quit());
  app.on("will-quit", closeFirst);
  // A packaged program names its parts where they lie beside the archive.
  if (app.isPackaged) process.env.NOTEGRAIN_PROGRAM ??= process.resourcesPath;
  app.whenReady().then(start).catch(refuse);
} else {
  app.quit();
}

async function start(): Promise<void> {
  const words = wordsFor(app.getLocale());
  // Not kept on the disk: no page, no cache, no cookie outlives the window.
  const own = session.fromPartition("notegrain");
  lockDownSession(own, !app.isPackaged);
  own.protocol.handle(pageAddress.scheme, pageProtocol(join(import.meta.dirname, "../renderer")));

  backend = await openBackend({
    where: process.argv.includes("--backend=utility") ? "utility" : "main",
    utilityProcess,
    dialogs: nativeDialogs({
      dialog,
      window: () => window,
      words,
      extensions: noteExtensions(),
      temporary: app.getPath("temp"),
      dragIcon: nativeImage.createFromPath(join(import.meta.dirname, "../renderer/icon.png")),
    }),
  });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(
        words,
        {
          addNotes: () => void backend?.handle("notes.importByDialog", { folders: false }),
          addFolder: () => void backend?.handle("notes.importByDialog", { folders: true }),
          show: (screen) => tell({ screen }),
        },
        { platform: process.platform, isPackaged: app.isPackaged },
      ),
    ),
  );
  openWindow(own, backend);
  await offerExample(backend, app.getLocale());
  await show([...early.splice(0), ...notePaths(process.argv.slice(1), process.cwd(), noteExtensions())]);
}

function openWindow(own: Electron.Session, served: Backend): void {
  const statePath = join(app.getPath("userData"), "window.json");
  const state = readWindowState(
    statePath,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const opened = new BrowserWindow(
    windowOptions({
      state,
      session: own,
      preload: join(import.meta.dirname, "../preload/index.cjs"),
      isPackaged: app.isPackaged,
    }),
  );
  window = opened;
  if (state.maximized) opened.maximize();
  serveWindow(served, ownIpcMain, opened.webContents);
  opened.once("ready-to-show", () => opened.show());
  opened.on("close", () => {
    writeWindowState(statePath, { ...opened.getNormalBounds(), maximized: opened.isMaximized() });
  });
  opened.on("closed", () => {
    window = null;
  });
  void opened.loadURL(pageAddress.url);
}

/** Brings in notes that the system was asked to open, and shows the last of them. */
async function show(paths: readonly string[]): Promise<void> {
  if (!backend) {
    early.push(...paths);
    return;
  }
  const caseId = paths.length === 0 ? null : await openNotes(backend, paths);
  if (caseId !== null) tell({ caseId });
}

function tell(payload: import("#contract/events.ts").Events["open"]): void {
  window?.webContents.send("notegrain:toPage", { kind: "event", name: "open", payload });
}

/** The program ends once the note in hand is put back into the queue and the store is closed. */
function closeFirst(event: { preventDefault(): void }): void {
  if (!backend) return;
  event.preventDefault();
  const closing = backend;
  backend = null;
  void closing.close().finally(() => app.quit());
}

function bringForward(): void {
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

function refuse(thrown: unknown): void {
  const locale = app.getLocale();
  const { what, next } = describeError(toPlainError(thrown), locale.startsWith("zh") ? "zh" : "en");
  dialog.showErrorBox(wordsFor(locale).cannotStart, `${what}\n\n${next}`);
  app.exit(1);
}
