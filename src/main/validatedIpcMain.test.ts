import { EventEmitter } from "node:events";
import type { IpcMain } from "electron";
import { describe, expect, test, vi } from "vitest";
import { validatedIpcMain } from "./validatedIpcMain.ts";

type Frame = { readonly url: string; readonly parent: object | null } | null;

/** Sends a message from a frame and answers whether it came through. */
function comesThrough(senderFrame: Frame): boolean {
  const raw = new EventEmitter();
  const listener = vi.fn();
  validatedIpcMain(raw as unknown as IpcMain).on("notegrain:toBackend", listener);
  const sender = {};
  raw.emit("notegrain:toBackend", { senderFrame, sender }, { kind: "cancel", id: 1 });
  if (listener.mock.calls.length > 0)
    expect(listener).toHaveBeenCalledWith(sender, { kind: "cancel", id: 1 });
  return listener.mock.calls.length === 1;
}

describe("a message comes through", () => {
  test("from the top frame of the app's own page", () => {
    expect(comesThrough({ url: "app://notegrain/", parent: null })).toBe(true);
    expect(comesThrough({ url: "app://notegrain/#/settings", parent: null })).toBe(true);
  });

  test.each<[string, Frame]>([
    ["a frame that has gone", null],
    ["a frame inside the page", { url: "app://notegrain/", parent: {} }],
    ["another host of the scheme", { url: "app://elsewhere/", parent: null }],
    ["a host that begins the same", { url: "app://notegrain.evil.example/", parent: null }],
    ["the network", { url: "https://notegrain/", parent: null }],
    ["the address as a user name", { url: "https://app://notegrain/@evil.example/", parent: null }],
    ["a file", { url: "file:///notegrain/", parent: null }],
    ["no page", { url: "about:blank", parent: null }],
    ["nonsense", { url: "", parent: null }],
  ])("not from %s", (_, frame) => {
    expect(comesThrough(frame)).toBe(false);
  });
});

test("a channel that is not the program's own is a mistake", () => {
  const ipc = validatedIpcMain(new EventEmitter() as unknown as IpcMain);
  expect(() => ipc.on("other:channel", () => {})).toThrow("notegrain:");
});

test("a listener can be taken back", () => {
  const raw = new EventEmitter();
  const listener = vi.fn();
  validatedIpcMain(raw as unknown as IpcMain).on("notegrain:toBackend", listener)();
  raw.emit("notegrain:toBackend", { senderFrame: { url: "app://notegrain/", parent: null }, sender: {} }, {});
  expect(listener).not.toHaveBeenCalled();
});
