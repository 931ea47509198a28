import type { Session } from "electron";
import { expect, test } from "vitest";
import { windowOptions } from "./window.ts";

const state = { x: 10, y: 20, width: 1000, height: 700, maximized: true };
const options = (isPackaged: boolean) =>
  windowOptions({ state, session: {} as Session, preload: "/out/preload/index.cjs", isPackaged });

test("every protection is written out", () => {
  expect(options(true).webPreferences).toMatchObject({
    preload: "/out/preload/index.cjs",
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
    devTools: false,
  });
});

test("the developer tools are there in development alone", () => {
  expect(options(false).webPreferences?.devTools).toBe(true);
});

test("the window opens where it was", () => {
  expect(options(true)).toMatchObject({ x: 10, y: 20, width: 1000, height: 700, show: false });
  expect(options(true)).not.toHaveProperty("maximized");
});
