import type { MenuItemConstructorOptions } from "electron";
import type { Words } from "./words.ts";

/** What the menu can do besides what the system does for every program. */
export type MenuActions = {
  addNotes(): void;
  addFolder(): void;
  show(screen: "settings" | "about"): void;
};

/**
 * The native menu. It has no keys that the page uses itself, except those of the system (copy, paste, close).
 * @param platform as process.platform: on macOS the first menu is the program's own
 */
export function menuTemplate(
  words: Words,
  actions: MenuActions,
  { platform, isPackaged }: { readonly platform: string; readonly isPackaged: boolean },
): MenuItemConstructorOptions[] {
  const isMac = platform === "darwin";
  const about: MenuItemConstructorOptions = { label: words.about, click: () => actions.show("about") };
  const settings: MenuItemConstructorOptions = {
    label: words.settings,
    accelerator: "CommandOrControl+,",
    click: () => actions.show("settings"),
  };
  const line: MenuItemConstructorOptions = { type: "separator" };
  const program: MenuItemConstructorOptions[] = isMac
    ? [
        {
          label: "Notegrain",
          submenu: [
            about,
            line,
            settings,
            line,
            { role: "hide" },
            { role: "hideOthers" },
            line,
            { role: "quit" },
          ],
        },
      ]
    : [];
  return [
    ...program,
    {
      label: words.file,
      submenu: [
        { label: words.addNotes, accelerator: "CommandOrControl+O", click: () => actions.addNotes() },
        { label: words.addFolder, click: () => actions.addFolder() },
        line,
        ...(isMac ? [{ role: "close" } as const] : [settings, about, line, { role: "quit" } as const]),
      ],
    },
    {
      label: words.edit,
      submenu: [{ role: "cut" }, { role: "copy" }, { role: "paste" }, { role: "selectAll" }],
    },
    {
      label: words.view,
      submenu: [
        { role: "resetZoom" },
        { role: "zoomIn" },
        { role: "zoomOut" },
        { role: "togglefullscreen" },
        ...(isPackaged ? [] : [line, { role: "reload" } as const, { role: "toggleDevTools" } as const]),
      ],
    },
    { label: words.window, submenu: [{ role: "minimize" }, { role: "zoom" }] },
  ];
}
