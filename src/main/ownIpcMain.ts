// biome-ignore lint/style/noRestrictedImports: the one place that holds the raw ipcMain
import { ipcMain } from "electron";
import { validatedIpcMain } from "./validatedIpcMain.ts";

/** Messages of our own page, and of no other. */
export const ownIpcMain = validatedIpcMain(ipcMain);
