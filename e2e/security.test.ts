import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { afterAll, afterEach, beforeAll, beforeEach, describe, test } from "vitest";
import { deskPage } from "./pages/deskPage.ts";
import { framePage } from "./pages/framePage.ts";
import { type AppUnderTest, closeBrowser, startApp } from "./support/app.ts";
import { expect } from "./support/expect.ts";

// What Chromium alone can prove of the page's walls (security.md, rows 4, 6, 9 and the loopback shell).

let app: AppUnderTest;
let requests: string[];
let violations: string[] = [];

/** Writes down every request and every breach of the content policy from the next load on, and loads. */
async function watch(page: Page): Promise<void> {
  requests = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("websocket", (socket) => requests.push(socket.url()));
  await page.exposeFunction("reportViolation", (violation: string) => violations.push(violation));
  await page.addInitScript(`
    addEventListener("securitypolicyviolation", (event) =>
      reportViolation(event.effectiveDirective + " " + event.blockedURI + " " + event.sample));`);
  await page.reload();
  await page.getByRole("banner").waitFor();
}

beforeAll(async () => {
  app = await startApp();
  await app.ask("notes.importExample", { language: "en" });
  await watch(app.page);
});

beforeEach(() => {
  violations = [];
});

afterAll(async () => {
  await app.close();
  await closeBrowser();
});

const originOf = () => new URL(app.url).origin;

/** Runs a script in the page, as a script of the page's own would run; answers with what it resolves to. */
const inPage = (script: string): Promise<unknown> => app.page.evaluate(`(async () => { ${script} })()`);

describe("the page", () => {
  test("shows every screen without a breach of its policy and without a request to anyone else", async () => {
    const { keys, heading } = framePage(app.page);
    for (const [key, title, content] of [
      ["q", "Queue", "admission-en.txt"],
      ["m", "Models", "12 million parameters"],
      ["x", "Examples", "No examples yet"],
      ["v", "Compare", "No note is reviewed to the end yet"],
      ["s", "Settings", "Processor threads"],
      ["a", "About Notegrain", "Page in a browser on this computer"],
      ["c", "Choose a case", "admission-en.txt"],
    ] as const) {
      await keys(`g ${key}`);
      await expect(heading(title)).toBeVisible();
      await expect(app.page.getByText(content).first()).toBeVisible();
    }
    await app.page.getByText("admission-en.txt").first().click();
    await expect(deskPage(app.page).highlights.first()).toBeVisible();
    const { host } = new URL(app.url);
    expect(requests.filter((url) => new URL(url).host !== host && !url.startsWith("data:"))).toEqual([]);
    expect(requests).toContain(`ws://${host}/line`);
    // Breaches are told in their order: with one that is made here, all before it would have been told.
    await inPage('new Image().src = "http://127.0.0.1:9/last.png"');
    await expect.poll(() => violations.join()).toContain("img-src");
    expect(violations).toHaveLength(1);
  });

  test("keeps neither the token in its address nor the cookie within reach of a script", async () => {
    expect(app.page.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/(#|$)/);
    expect(app.page.url()).not.toContain("token");
    expect(await inPage("return document.cookie")).toBe("");
  });

  test.each([
    ["fetch", 'await fetch("http://127.0.0.1:9/").then(() => "out", () => "blocked")', "connect-src"],
    ["a beacon", 'return navigator.sendBeacon("http://127.0.0.1:9/") && "sent"', "connect-src"],
    ["an event stream", 'new EventSource("http://127.0.0.1:9/")', "connect-src"],
    ["a socket to another port", 'try { new WebSocket("ws://127.0.0.1:9/") } catch {}', "connect-src"],
    ["a picture", 'new Image().src = "http://127.0.0.1:9/x.png"', "img-src"],
    [
      "a script of its own making",
      'const s = document.createElement("script"); s.text = "window.ran = 1"; document.head.append(s)',
      "script-src-elem",
    ],
    [
      "a script from elsewhere",
      'const s = document.createElement("script"); s.src = "http://127.0.0.1:9/x.js"; document.head.append(s)',
      "script-src-elem",
    ],
    [
      "a style without the nonce",
      'const s = document.createElement("style"); s.textContent = "*{color:red}"; document.head.append(s)',
      "style-src-elem",
    ],
    [
      "an embedded page",
      'const f = document.createElement("iframe"); f.src = "http://127.0.0.1:9/"; document.body.append(f)',
      "frame-src",
    ],
    [
      "a plug-in",
      'const o = document.createElement("object"); o.data = "http://127.0.0.1:9/"; document.body.append(o)',
      "object-src",
    ],
    [
      "a form",
      'const f = document.createElement("form"); f.action = "http://127.0.0.1:9/"; document.body.append(f); f.submit()',
      "form-action",
    ],
    ["words as a program", 'setTimeout("window.ran = 1")', "script-src"],
  ])("is refused %s", async (_, script, directive) => {
    await inPage(script);
    await expect.poll(() => violations.map((violation) => violation.split(" ")[0])).toContain(directive);
    expect(await inPage("return window.ran ?? null")).toBeNull();
  });
});

describe("another visitor", () => {
  test.each([
    ["en-GB", "start Notegrain again"],
    ["zh-CN", "重新启动"],
  ])("with the token, that was used, reads in %s what to do", async (locale, words) => {
    const stranger = await app.page.context().browser()?.newContext({ locale });
    const page = await stranger?.newPage();
    const response = await page?.goto(app.url);
    expect(response?.status()).toBe(403);
    expect(await page?.locator("body").textContent()).toContain(words);
    await stranger?.close();
  });

  test("a second window of the same browser is let in and sees the same cases", async () => {
    const second = await app.context.newPage();
    await second.goto(originOf());
    await second.getByText("admission-en.txt").first().waitFor();
  });
});

describe("a page of another origin in the same browser", () => {
  let other: Server;
  let page: Page;

  beforeEach(async () => {
    // Another port of this host is the same site: the cookie goes along, and only the checks of the server hold.
    other = createServer((_, response) => response.setHeader("content-type", "text/html").end("<p>other"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    page = await app.context.newPage();
    await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
  });

  afterEach(() => other.close());

  test("cannot open the line", async () => {
    const address = `ws://${new URL(app.url).host}/line`;
    const outcome = await page.evaluate(
      `new Promise((resolve) => {
        const socket = new WebSocket(${JSON.stringify(address)});
        socket.onopen = () => resolve("open");
        socket.onerror = () => resolve("refused");
      })`,
    );
    expect(outcome).toBe("refused");
  });

  test("cannot read the page, embed it, or follow a link into it", async () => {
    const read = await page.evaluate(
      `fetch(${JSON.stringify(originOf())}).then(() => "read", () => "refused")`,
    );
    expect(read).toBe("refused");
    const statuses: number[] = [];
    page.on("response", (response) => {
      if (response.url().startsWith(originOf())) statuses.push(response.status());
    });
    await page.evaluate(`{
      const frame = document.createElement("iframe");
      frame.src = ${JSON.stringify(originOf())};
      document.body.append(frame);
    }`);
    await expect.poll(() => statuses).toEqual([403]);
    await page.evaluate(`location.href = ${JSON.stringify(originOf())}`);
    await expect.poll(() => statuses).toEqual([403, 403]);
  });
});
