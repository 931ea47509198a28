import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readWindowState, writeWindowState } from "./windowState.ts";

const folder = mkdtempSync(join(tmpdir(), "notegrain-window-"));
const path = join(folder, "window.json");
const screens = [
  { x: 0, y: 0, width: 1920, height: 1040 },
  { x: -1280, y: 0, width: 1280, height: 1000 },
];
const usual = { width: 1280, height: 800, maximized: false };

afterAll(() => rmSync(folder, { recursive: true }));

test("what was written is read again", () => {
  const state = { x: -1200, y: 40, width: 1100, height: 900, maximized: true };
  writeWindowState(path, state);
  expect(readWindowState(path, screens)).toEqual(state);
});

test.each([
  "",
  "null",
  "[]",
  "7",
  "{}",
  '{"width":"wide","height":3}',
  '{"width":-5,"height":600}',
  '{"width":1e9,"height":600}',
])("a file that makes no sense gives the usual window: %s", (text) => {
  writeFileSync(path, text);
  expect(readWindowState(path, screens)).toEqual(usual);
});

test("no file gives the usual window", () => {
  expect(readWindowState(join(folder, "nothing.json"), screens)).toEqual(usual);
});

test.each([
  ["on a screen that is gone", 3000, 0],
  ["above every screen, where its title cannot be held", 0, -50],
  ["below every screen", 0, 1039],
  ["at the very edge of the right screen", 1900, 0],
])("a window %s keeps its size and loses its place", (_, x, y) => {
  writeWindowState(path, { x, y, width: 900, height: 700, maximized: false });
  expect(readWindowState(path, screens)).toEqual({ width: 900, height: 700, maximized: false });
});

test("a folder that cannot be written to costs only the memory", () => {
  expect(() => writeWindowState(join(folder, "no/such/window.json"), usual)).not.toThrow();
});

test("a tiny window is made usable", () => {
  writeWindowState(path, { x: 0, y: 0, width: 3, height: 3, maximized: false });
  expect(readWindowState(path, screens)).toMatchObject({ width: 640, height: 480 });
  expect(readFileSync(path, "utf8")).toContain('"width":3');
});
