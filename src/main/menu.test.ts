import type { MenuItemConstructorOptions } from "electron";
import { expect, test, vi } from "vitest";
import { menuTemplate } from "./menu.ts";
import { wordsFor } from "./words.ts";

const template = (locale: string, platform: string, isPackaged = true) => {
  const actions = { addNotes: vi.fn(), addFolder: vi.fn(), show: vi.fn() };
  const items = menuTemplate(wordsFor(locale), actions, { platform, isPackaged });
  const all = items.flatMap((item) => item.submenu as MenuItemConstructorOptions[]);
  const press = (label: string) =>
    all.find((item) => item.label === label)?.click?.({} as never, undefined, {} as never);
  return { actions, items, all, press };
};

test("speaks the person's language", () => {
  expect(template("en-GB", "linux").items.map(({ label }) => label)).toEqual([
    "File",
    "Edit",
    "View",
    "Window",
  ]);
  expect(template("zh-Hans-CN", "linux").items.map(({ label }) => label)).toEqual([
    "文件",
    "编辑",
    "视图",
    "窗口",
  ]);
  expect(Object.keys(wordsFor("en")).sort()).toEqual(Object.keys(wordsFor("zh")).sort());
});

test("adds notes and folders, and shows the screens", () => {
  const { actions, press } = template("en", "win32");
  press("Add notes…");
  press("Add a folder…");
  press("Settings…");
  press("About Notegrain");
  expect(actions.addNotes).toHaveBeenCalledOnce();
  expect(actions.addFolder).toHaveBeenCalledOnce();
  expect(actions.show.mock.calls).toEqual([["settings"], ["about"]]);
});

test("on macOS the first menu is the program's own, and the window is closed apart from it", () => {
  const { items, all } = template("en", "darwin");
  expect(items[0]?.label).toBe("Notegrain");
  expect(all.filter(({ role }) => role === "quit" || role === "close").map(({ role }) => role)).toEqual([
    "quit",
    "close",
  ]);
});

test("a packaged program has no developer tools and no reload", () => {
  const roles = (isPackaged: boolean) => template("en", "linux", isPackaged).all.map(({ role }) => role);
  expect(roles(true)).not.toContain("toggleDevTools");
  expect(roles(true)).not.toContain("reload");
  expect(roles(false)).toContain("toggleDevTools");
});
