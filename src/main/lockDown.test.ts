import { EventEmitter } from "node:events";
import type { App, Session, WebContents } from "electron";
import { describe, expect, test, vi } from "vitest";
import { lockDownApp, lockDownContents, lockDownSession, pageScheme } from "./lockDown.ts";

/** A session that only remembers what it was told. */
function sessionStandIn() {
  const told = {
    onBeforeRequest: vi.fn(),
    handled: new Map<string, (request: Request) => Response>(),
    emulation: vi.fn(),
    spellChecker: vi.fn(),
    request: vi.fn(),
    check: vi.fn(),
    device: vi.fn(),
    events: new EventEmitter(),
  };
  const session = {
    webRequest: { onBeforeRequest: told.onBeforeRequest },
    protocol: { handle: (scheme: string, answer: never) => told.handled.set(scheme, answer) },
    enableNetworkEmulation: told.emulation,
    setSpellCheckerEnabled: told.spellChecker,
    setPermissionRequestHandler: told.request,
    setPermissionCheckHandler: told.check,
    setDevicePermissionHandler: told.device,
    on: told.events.on.bind(told.events),
  } as unknown as Session;
  return { session, told };
}

/** Whether a request to `url` would leave. */
function leaves(url: string, isDevelopment: boolean): boolean {
  const { session, told } = sessionStandIn();
  lockDownSession(session, isDevelopment);
  const answer = vi.fn();
  told.onBeforeRequest.mock.calls[0]?.[0]({ url }, answer);
  return answer.mock.calls[0]?.[0].cancel === false;
}

test("before the app is ready all is sandboxed and no name is ever resolved", () => {
  const switches = new Map<string, string | undefined>();
  const app = {
    enableSandbox: vi.fn(),
    commandLine: { appendSwitch: (name: string, value?: string) => switches.set(name, value) },
  };
  lockDownApp(app as unknown as App);
  expect(app.enableSandbox).toHaveBeenCalledOnce();
  expect(switches.get("host-resolver-rules")).toBe("MAP * ~NOTFOUND");
  expect([...switches.keys()]).toContain("disable-background-networking");
});

test("the page's scheme is standard and secure and cannot get around its policy", () => {
  expect(pageScheme).toEqual({
    scheme: "app",
    privileges: { standard: true, secure: true, supportFetchAPI: true },
  });
});

describe("the session", () => {
  test.each([
    "http://evil.example/",
    "https://evil.example/",
    "ws://127.0.0.1:1/",
    "wss://evil.example/",
    "ftp://evil.example/",
    "file:///etc/passwd",
    "devtools://devtools/bundled/inspector.html",
    "blob:https://evil.example/1",
    "APP-NOT://x",
    "nonsense",
    "",
  ])("lets nothing leave to %s", (url) => {
    expect(leaves(url, false)).toBe(false);
  });

  test("loads its own page, and the developer tools in development alone", () => {
    expect(leaves("app://notegrain/", false)).toBe(true);
    expect(leaves("devtools://devtools/bundled/inspector.html", true)).toBe(true);
    expect(leaves("https://evil.example/", true)).toBe(false);
  });

  test("answers the schemes of the network itself, is offline, and loads no dictionary", () => {
    const { session, told } = sessionStandIn();
    lockDownSession(session, false);
    for (const scheme of ["http", "https", "ftp"]) {
      expect(told.handled.get(scheme)?.(new Request("http://x.example/")).status).toBe(403);
    }
    expect(told.emulation).toHaveBeenCalledWith({ offline: true });
    expect(told.spellChecker).toHaveBeenCalledWith(false);
  });

  test.each([
    "media",
    "geolocation",
    "notifications",
    "clipboard-read",
    "fullscreen",
    "openExternal",
    "usb",
    "hid",
  ])("refuses the permission %s, asked for or looked up", (permission) => {
    const { session, told } = sessionStandIn();
    lockDownSession(session, false);
    const answer = vi.fn();
    told.request.mock.calls[0]?.[0]({}, permission, answer);
    expect(answer).toHaveBeenCalledWith(false);
    expect(told.check.mock.calls[0]?.[0]({}, permission)).toBe(false);
  });

  test("grants writing plain text to the clipboard, and no device", () => {
    const { session, told } = sessionStandIn();
    lockDownSession(session, false);
    const answer = vi.fn();
    told.request.mock.calls[0]?.[0]({}, "clipboard-sanitized-write", answer);
    expect(answer).toHaveBeenCalledWith(true);
    expect(told.device.mock.calls[0]?.[0]({ deviceType: "usb" })).toBe(false);
  });

  test("downloads nothing by itself", () => {
    const { session, told } = sessionStandIn();
    lockDownSession(session, false);
    const event = { preventDefault: vi.fn() };
    told.events.emit("will-download", event);
    expect(event.preventDefault).toHaveBeenCalled();
  });
});

test("a page stays where it is and opens no other", () => {
  const events = new EventEmitter();
  const setWindowOpenHandler = vi.fn();
  lockDownContents(Object.assign(events, { setWindowOpenHandler }) as unknown as WebContents);
  for (const name of ["will-navigate", "will-redirect", "will-attach-webview"]) {
    const event = { preventDefault: vi.fn() };
    events.emit(name, event, "https://evil.example/");
    expect(event.preventDefault, name).toHaveBeenCalledOnce();
  }
  expect(setWindowOpenHandler.mock.calls[0]?.[0]({ url: "https://evil.example/" })).toEqual({
    action: "deny",
  });
});
