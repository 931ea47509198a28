import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Who may in: the first visitor with the token, and from then on whoever has the cookie it was given. */
export type Admission = {
  readonly token: string;
  /** `cookie` is the header to set on a first visit. Null: refuse. */
  admit(request: IncomingMessage): { readonly cookie: string | null } | null;
};

/**
 * The checks of every request and of the WebSocket's handshake. The Host must be ours (a rebound DNS name is
 * not), the Origin and the fetch metadata, where a browser sends them, must be our own page; then the token or
 * the cookie.
 * @param port the cookie is named after it, since cookies are shared by all ports of a host
 */
export function createAdmission(port: number): Admission {
  const token = secret();
  const cookieName = `notegrain-${port}`;
  const host = `127.0.0.1:${port}`;
  let session: string | null = null;

  function isOurs({ headers }: IncomingMessage): boolean {
    const site = headers["sec-fetch-site"];
    return (
      headers.host === host &&
      (headers.origin === undefined || headers.origin === `http://${host}`) &&
      (site === undefined || site === "same-origin" || site === "none")
    );
  }

  return {
    token,
    admit(request) {
      if (!isOurs(request)) return null;
      if (session !== null && equal(cookie(request, cookieName), session)) return { cookie: null };
      const { pathname, searchParams } = requestUrl(request, host);
      const isFirstVisit = session === null && request.method === "GET" && pathname === "/";
      if (!isFirstVisit || !equal(searchParams.get("token") ?? "", token)) return null;
      session = secret();
      return { cookie: `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict` };
    },
  };
}

/** The address asked for, always on this host: "//evil.example/" is a path here, and nothing else begins without "/". */
export function requestUrl({ url = "/" }: IncomingMessage, host: string): URL {
  return new URL(`http://${host}${url.startsWith("/") ? url : "/"}`);
}

function secret(): string {
  return randomBytes(32).toString("base64url");
}

function cookie({ headers }: IncomingMessage, name: string): string {
  for (const part of (headers.cookie ?? "").split(";")) {
    const [key, value] = part.trim().split("=");
    if (key === name) return value ?? "";
  }
  return "";
}

/** Takes the same time wherever the two differ. */
function equal(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
