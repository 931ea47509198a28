import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname, isAbsolute, relative, resolve } from "node:path";

/** What a shell answers with when the page asks for one of its files. */
export type PageAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | string;
};

/** Which page "/" is, and where its scripts may connect to. */
export type PageOptions = {
  /** The folder that the build wrote. */
  readonly root: string;
  readonly page: "web.html" | "electron.html";
  /** `'none'` where the shell has no line of its own, else the addresses of the line. */
  readonly connect: string;
};

const mediaTypes: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/**
 * Answers with a file of the built page: "/" is the page itself, with a fresh nonce for its style elements, and
 * the icon is also where a browser looks for it unasked.
 * Nothing outside the folder and no other HTML file is ever answered with.
 * @param pathname as a URL parser gives it, still percent-encoded
 */
export async function pageFile(options: PageOptions, pathname: string): Promise<PageAnswer> {
  const nonce = randomBytes(16).toString("base64");
  const headers = pageHeaders(nonce, options.connect);
  if (pathname === "/") {
    const page = await readFile(resolve(options.root, options.page), "utf8").catch(() => null);
    if (page === null) return notFound(headers);
    return {
      status: 200,
      headers: { ...headers, "content-type": "text/html; charset=utf-8" },
      body: page.replaceAll("__NONCE__", nonce),
    };
  }
  const path = insideRoot(options.root, pathname === "/favicon.ico" ? "/icon.svg" : pathname);
  const mediaType = path && mediaTypes[extname(path)];
  const body = mediaType ? await readFile(path).catch(() => null) : null;
  if (!mediaType || body === null) return notFound(headers);
  return { status: 200, headers: { ...headers, "content-type": mediaType }, body };
}

/** The file meant, or null where the path is malformed or leads out of the folder. */
function insideRoot(root: string, pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (/[\0\\:]/.test(decoded)) return null;
  const path = resolve(root, `.${decoded}`);
  const inside = relative(root, path);
  return inside === "" || inside.startsWith("..") || isAbsolute(inside) ? null : path;
}

/** The headers of every answer: nothing is loaded from, sent to or shown in anything but this program. */
export function pageHeaders(nonce: string, connect: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    "content-security-policy": policy.join("; "),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()",
    "cache-control": "no-store",
  };
}

function notFound(headers: Record<string, string>): PageAnswer {
  return { status: 404, headers: { ...headers, "content-type": "text/plain; charset=utf-8" }, body: "404" };
}
