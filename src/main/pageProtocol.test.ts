import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { pageProtocol } from "./pageProtocol.ts";

const folder = mkdtempSync(join(tmpdir(), "notegrain-page-"));
writeFileSync(join(folder, "electron.html"), "nonce __NONCE__");
writeFileSync(join(folder, "web.html"), "another shell's page");
writeFileSync(join(folder, "app.js"), "script");
writeFileSync(join(folder, "..", "secret.js"), "secret");
const answer = pageProtocol(folder);

afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(join(folder, "..", "secret.js"));
});

test("answers with the page, under a policy that lets it connect to nothing", async () => {
  const response = await answer(new Request("app://notegrain/"));
  expect(response.status).toBe(200);
  expect(response.headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; script-src 'self'; .*connect-src 'none'; .*frame-src 'none'/,
  );
  expect(await response.text()).toMatch(/^nonce [\w+/]{22}==$/);
});

test("answers with its scripts", async () => {
  const response = await answer(new Request("app://notegrain/app.js"));
  expect([response.status, response.headers.get("content-type")]).toEqual([
    200,
    "text/javascript; charset=utf-8",
  ]);
});

test.each([
  "app://notegrain/../secret.js",
  "app://notegrain/%2e%2e/secret.js",
  "app://notegrain/..%2fsecret.js",
  "app://notegrain/..%5csecret.js",
  "app://notegrain//etc/passwd",
  "app://notegrain/C:/Windows/win.ini",
  "app://notegrain/web.html",
  "app://notegrain/nothing.js",
  "app://notegrain/%",
  "app://elsewhere/",
  "app://elsewhere/app.js",
])("does not answer to %s", async (url) => {
  const response = await answer(new Request(url));
  expect(response.status).toBe(404);
  expect(await response.text()).not.toContain("secret");
});

test.each(["POST", "PUT", "DELETE", "HEAD"])("does not answer to %s", async (method) => {
  expect((await answer(new Request("app://notegrain/", { method }))).status).toBe(405);
});
