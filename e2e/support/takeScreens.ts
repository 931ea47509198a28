import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "@playwright/test";
import { buildIfStale } from "../../src/cli/start/buildPage.ts";
import type { QueueState } from "../../src/contract/records.ts";
import { composeBackend } from "../../src/host/composeBackend.ts";
import { exampleNotes, programFolder } from "../../src/host/paths.ts";
import { pageRoot } from "../../src/server/openApp.ts";
import { serve } from "../../src/server/serve.ts";
import { launchBrowser } from "./chromium.ts";
import { fakeModels } from "./fakeModels.ts";

// Draws every screen, in both languages and both themes, into docs/screens/:
//   node e2e/support/takeScreens.ts [--only NAME] [--size 1920x1080] [--out FOLDER]
const { values } = parseArgs({
  options: {
    only: { type: "string" },
    size: { type: "string", default: "1280x800" },
    out: { type: "string", default: join(programFolder(), "docs/screens") },
  },
});
const { only, out: folder } = values;
const [width = 1280, height = 800] = values.size.split("x").map(Number);
const data = mkdtempSync(join(tmpdir(), "notegrain-screens-"));
const compact = existsSync(join(programFolder(), "models/notegrain-compact.gguf"));

type Screen = {
  readonly name: string;
  readonly place: string;
  act?(page: Page, language: "en" | "zh"): Promise<void>;
};

const screens: readonly Screen[] = [
  { name: "cases", place: "cases" },
  { name: "case", place: "case/1" },
  {
    name: "search",
    place: "case/1",
    async act(page) {
      await page.keyboard.press("/");
      await page.keyboard.type("2024");
    },
  },
  {
    name: "filter",
    place: "case/1",
    async act(page, language) {
      await page.keyboard.press("f");
      await page.keyboard.type(language === "en" ? "pain" : "胸痛");
    },
  },
  { name: "export", place: "case/1", act: (page) => keys(page, "g", "e") },
  { name: "keys", place: "case/1", act: (page) => keys(page, "?") },
  { name: "palette", place: "case/1", act: (page) => keys(page, "Control+k") },
  { name: "queue", place: "queue" },
  { name: "models", place: "models" },
  { name: "examples", place: "examples" },
  { name: "evaluation", place: "evaluation" },
  { name: "settings", place: "settings" },
  {
    name: "types",
    place: "settings",
    async act(page) {
      const add = page.getByRole("button", { name: /^(Add a type|添加类型)$/ });
      await add.scrollIntoViewIfNeeded();
      await add.click();
    },
  },
  { name: "about", place: "about" },
];

async function keys(page: Page, ...presses: string[]): Promise<void> {
  for (const press of presses) await page.keyboard.press(press);
}

if (!buildIfStale(programFolder(), "page")) throw new Error("the page could not be built");
mkdirSync(folder, { recursive: true });
const backend = await composeBackend({
  kind: "web",
  storePath: join(data, "Notegrain", "cases.db"),
  ...(compact ? {} : { models: fakeModels() }),
});
const files = exampleNotes().map((path) => ({
  name: path.split(/[/\\]/).at(-1) ?? "",
  bytes: readFileSync(path),
}));
await backend.handle("notes.import", { files, caseId: null });
for (;;) {
  const result = await backend.handle("queue.get", {});
  const items = result.ok ? (result.value as QueueState).items : [];
  if (items.length > 0 && items.every((item) => item.state === "done" || item.state === "failed")) break;
  await new Promise((done) => setTimeout(done, 500));
}

const served = await serve({ backend, pageRoot: pageRoot() });
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width, height }, reducedMotion: "reduce" });
await page.goto(served.url);
const origin = new URL(served.url).origin;
for (const language of ["en", "zh"] as const) {
  for (const theme of ["light", "dark"] as const) {
    await backend.handle("settings.set", { language, theme });
    for (const screen of screens) {
      if (only !== undefined && only !== screen.name) continue;
      await page.goto(
        `${origin}/#/${screen.place.replace("case/1", language === "en" ? "case/1" : "case/2")}`,
      );
      await page.reload();
      await page.getByRole("navigation").first().waitFor();
      await page.waitForTimeout(1500);
      await screen.act?.(page, language);
      await page.waitForTimeout(800);
      await page.screenshot({ path: join(folder, `${screen.name}-${theme}-${language}.png`) });
    }
  }
}
await browser.close();
await served.close();
await backend.close();
rmSync(data, { recursive: true, force: true });
