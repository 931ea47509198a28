import type { BrowserWindowConstructorOptions, Session } from "electron";
import type { WindowState } from "./windowState.ts";

export type WindowOptions = {
  readonly state: WindowState;
  readonly session: Session;
  /** The one self-contained preload file. */
  readonly preload: string;
  readonly isPackaged: boolean;
};

/** The window: every protection is written out, also those that are the default today. */
export function windowOptions({
  state,
  session,
  preload,
  isPackaged,
}: WindowOptions): BrowserWindowConstructorOptions {
  const { maximized: _, ...bounds } = state;
  return {
    ...bounds,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: "Notegrain",
    backgroundColor: "#fffefa",
    autoHideMenuBar: true,
    webPreferences: {
      session,
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !isPackaged,
    },
  };
}
