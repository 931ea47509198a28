import type { App, CustomScheme, Session, WebContents } from "electron";
import { pageAddress } from "#contract/channels.ts";

/** What Chromium is told on its command line before it starts: no name is ever resolved. */
export const quietSwitches: readonly (readonly [name: string, value?: string])[] = [
  ["host-resolver-rules", "MAP * ~NOTFOUND"],
  ["disable-background-networking"],
  ["disable-component-update"],
  ["disable-quic"],
];

/** The page's own scheme; no `file:` page, no right to get around its content policy. */
export const pageScheme: CustomScheme = {
  scheme: pageAddress.scheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

/** The permissions that the page may have; all others are refused, asked for or not. */
export const grantedPermissions: ReadonlySet<string> = new Set(["clipboard-sanitized-write"]);

/** Before the app is ready: sandbox everything, and say what Chromium must not do by itself. */
export function lockDownApp(app: Pick<App, "enableSandbox" | "commandLine">): void {
  app.enableSandbox();
  for (const [name, value] of quietSwitches) app.commandLine.appendSwitch(name, value);
}

/**
 * The session of the window: no network, no permissions, no dictionary that the spell-checker would download.
 * @param isDevelopment lets the developer tools load their own pages
 */
export function lockDownSession(session: Session, isDevelopment: boolean): void {
  const allowed = new Set([`${pageAddress.scheme}:`, ...(isDevelopment ? ["devtools:"] : [])]);
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !allowed.has(schemeOf(details.url)) });
  });
  for (const scheme of ["http", "https", "ftp"]) {
    session.protocol.handle(scheme, () => new Response(null, { status: 403 }));
  }
  session.enableNetworkEmulation({ offline: true });
  session.setSpellCheckerEnabled(false);
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(grantedPermissions.has(permission));
  });
  session.setPermissionCheckHandler((_contents, permission) => grantedPermissions.has(permission));
  session.setDevicePermissionHandler(() => false);
  session.on("will-download", (event) => event.preventDefault());
}

/** The page stays where it is: no navigation, no redirect, no second window, no embedded page. */
export function lockDownContents(contents: WebContents): void {
  contents.on("will-navigate", (event) => event.preventDefault());
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

function schemeOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : "";
}
