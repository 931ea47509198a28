import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Backend } from "#contract/client.ts";
import { type Served, serve } from "./serve.ts";

const backend: Backend = {
  handle: async (method) => ({ ok: true, value: method }),
  on: () => () => {},
  close: async () => {},
};

type Asked = { readonly method?: string; readonly headers?: Record<string, string> };
type Answered = { readonly status: number; readonly headers: Record<string, unknown>; readonly body: string };

let folder: string;
let served: Served;
let base: URL;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "notegrain-serve-"));
  writeFileSync(join(folder, "web.html"), '<meta name="csp-nonce" content="__NONCE__">the page');
  writeFileSync(join(folder, "electron.html"), "the other page");
  writeFileSync(join(folder, "app.js"), "script");
  served = await serve({ backend, pageRoot: folder });
  base = new URL(served.url);
});

afterEach(async () => {
  await served.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As a client that sets any header it likes, Host included. */
function ask(path: string, { method = "GET", headers = {} }: Asked = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: base.port, path, method, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (part) => {
        body += part;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    sent.on("error", reject).end();
  });
}

async function visit(): Promise<string> {
  const { headers } = await ask(`${base.pathname}${base.search}`);
  return String(headers["set-cookie"]).split(";")[0] ?? "";
}

describe("the token", () => {
  test("opens the page once, and makes a cookie that no script and no other site can use", async () => {
    const first = await ask(base.pathname + base.search);
    expect(first.status).toBe(200);
    expect(first.body).toContain("the page");
    expect(String(first.headers["set-cookie"])).toMatch(
      /^notegrain-\d+=[\w-]{40,}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect((await ask(base.pathname + base.search)).status).toBe(403);
  });

  test("keeps working for the browser that has its cookie", async () => {
    const cookie = await visit();
    for (const path of ["/", base.pathname + base.search, "/app.js"]) {
      expect((await ask(path, { headers: { cookie } })).status).toBe(200);
    }
  });

  test("shows the app's icon also to a browser that looks for it at the usual place", async () => {
    writeFileSync(join(folder, "icon.svg"), "<svg/>");
    const icon = await ask("/favicon.ico", { headers: { cookie: await visit() } });
    expect([icon.status, icon.headers["content-type"], icon.body]).toEqual([200, "image/svg+xml", "<svg/>"]);
  });

  test.each([
    ["no token", "/"],
    ["no token for a script", "/app.js"],
    ["no token for a file that is not there", "/nothing"],
    ["a wrong token", "/?token=AAAA"],
    ["an empty token", "/?token="],
  ])("%s is refused, in words", async (_, path) => {
    const english = await ask(path);
    expect(english.status).toBe(403);
    expect(english.body).toContain("start Notegrain again");
    expect((await ask(path, { headers: { "accept-language": "zh-CN,zh" } })).body).toContain("重新启动");
  });

  test("is not used up by a request for something else", async () => {
    expect((await ask(`/app.js${base.search}`)).status).toBe(403);
    expect((await ask(`/${base.search}`, { method: "HEAD" })).status).toBe(403);
    expect((await ask(`/${base.search}`, { method: "POST" })).status).toBe(403);
    expect((await ask(base.pathname + base.search)).status).toBe(200);
  });

  test.each([
    ["of another name", "notegrain=x"],
    ["of no name", ";;="],
    ["that is empty", ""],
    ["that is malformed", "notegrain-1=%"],
    ["that is long", "a".repeat(5000)],
  ])("a cookie %s is refused", async (_, cookie) => {
    await visit();
    expect((await ask("/", { headers: { cookie } })).status).toBe(403);
  });
});

describe("a request from elsewhere is refused, token or not", () => {
  test.each<[string, Record<string, string>]>([
    ["another host name (a rebound DNS name)", { host: "evil.example" }],
    ["localhost, which has other cookies", { host: "localhost" }],
    ["another origin", { origin: "http://evil.example" }],
    ["an origin on another port", { origin: "http://127.0.0.1:1" }],
    ["no origin at all, as a sandboxed page says", { origin: "null" }],
    ["a link on another site", { "sec-fetch-site": "cross-site" }],
    ["another port of this host", { "sec-fetch-site": "same-site" }],
  ])("%s", async (_, headers) => {
    expect((await ask(base.pathname + base.search, { headers })).status).toBe(403);
    const cookie = await visit();
    expect((await ask("/", { headers: { cookie, ...headers } })).status).toBe(403);
  });
});

describe("an answer", () => {
  test("lets the page load and reach nothing but this server", async () => {
    const { headers, body } = await ask(base.pathname + base.search);
    const nonce = /content="([^"]+)"/.exec(body)?.[1];
    expect(nonce).toMatch(/^[\w+/]{22}==$/);
    expect(headers["content-security-policy"]).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; ` +
        `connect-src 'self' ws://${base.host}; base-uri 'none'; form-action 'none'; frame-src 'none'; frame-ancestors 'none'`,
    );
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    });
  });

  test("has another nonce each time", async () => {
    const cookie = await visit();
    const pages = [await ask("/", { headers: { cookie } }), await ask("/", { headers: { cookie } })];
    expect(new Set(pages.map(({ body }) => body)).size).toBe(2);
  });

  test.each([
    "/../package.json",
    "/..%2f..%2fetc%2fpasswd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%5c..%5cwindows",
    "/electron.html",
    "/web.html",
    "/%00",
    "/%",
    "//evil.example/",
    "/nothing.js",
  ])("is never a file that the page does not need: %s", async (path) => {
    const cookie = await visit();
    const answer = await ask(path, { headers: { cookie } });
    expect(answer.status).toBe(404);
  });

  test("is refused to a method that would change something", async () => {
    const cookie = await visit();
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
      expect((await ask("/", { method, headers: { cookie } })).status).toBe(405);
    }
  });
});

describe("the WebSocket", () => {
  const open = async (headers: Record<string, string>, path = "/line") => {
    const socket = new WebSocket(`ws://${base.host}${path}`, { headers });
    const [reason] = await Promise.race([once(socket, "open").then(() => ["open"]), once(socket, "error")]);
    return { socket, reason: String(reason) };
  };

  test("answers the page that was let in", async () => {
    const { socket, reason } = await open({ cookie: await visit(), origin: base.origin });
    expect(reason).toBe("open");
    socket.send('0 {"kind":"request","id":1,"method":"about.get","request":{}}');
    const [data] = await once(socket, "message");
    expect(String(data)).toBe('0 {"kind":"answer","id":1,"result":{"ok":true,"value":"about.get"}}');
    socket.close();
  });

  test.each<[string, (cookie: string) => Record<string, string>, string]>([
    ["without a cookie", () => ({ origin: base.origin }), "/line"],
    ["from another origin", (cookie) => ({ cookie, origin: "http://evil.example" }), "/line"],
    ["from a program that names no origin", (cookie) => ({ cookie }), "/line"],
    ["by another host name", (cookie) => ({ cookie, origin: base.origin, host: "evil.example" }), "/line"],
    ["at another address", (cookie) => ({ cookie, origin: base.origin }), "/other"],
  ])("is refused %s", async (_, headers, path) => {
    const { reason } = await open(headers(await visit()), path);
    expect(reason).toContain("403");
  });

  test("is not opened by the token, which only the page may use up", async () => {
    const { reason } = await open({ origin: base.origin }, `/line${base.search}`);
    expect(reason).toContain("403");
    expect((await ask(base.pathname + base.search)).status).toBe(200);
  });

  test.each(["", "{}", "x {", "1 {}", '0 {"kind":'])(
    "ends on a frame that makes no sense: %j",
    async (frame) => {
      const { socket } = await open({ cookie: await visit(), origin: base.origin });
      socket.send(frame);
      socket.send("0 {}");
      const [code] = await once(socket, "close");
      expect(code).toBe(1007);
    },
  );
});

test("a port that is taken is said so", async () => {
  await expect(serve({ backend, pageRoot: folder, port: Number(base.port) })).rejects.toMatchObject({
    code: "NG-PORT",
    params: { port: Number(base.port) },
  });
});
