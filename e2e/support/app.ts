import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import type { ModelLibrary } from "../../src/app/ports.ts";
import type { Backend } from "../../src/contract/client.ts";
import type { AnswerOf, Method, RequestOf } from "../../src/contract/methods.ts";
import type { EmbeddingPort } from "../../src/core/ports.ts";
import { composeBackend } from "../../src/host/composeBackend.ts";
import type { Dialogs } from "../../src/host/shellPort.ts";
import { pageRoot } from "../../src/server/openApp.ts";
import { serve } from "../../src/server/serve.ts";
import { launchBrowser } from "./chromium.ts";
import { type FakeModelsOptions, fakeModels } from "./fakeModels.ts";

/** The app over loopback with a fake model and a store of its own, and a page on it. */
export type AppUnderTest = {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly url: string;
  readonly backend: Backend;
  /** What the backend answers, past the page: for comparing a screen with the store. */
  ask<M extends Method>(method: M, request: RequestOf<M>): Promise<AnswerOf<M>>;
  close(): Promise<void>;
};

export type AppOptions = FakeModelsOptions & {
  /** Makes the shell look like the desktop's, which has dialogs of its own. */
  readonly dialogs?: Dialogs;
  /** Default: the fake library. */
  readonly models?: ModelLibrary | "bundled";
  /** Default: the one that ships. */
  readonly encoder?: () => Promise<EmbeddingPort>;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly locale?: "en-GB" | "zh-CN";
  readonly colorScheme?: "light" | "dark";
  readonly reducedMotion?: "reduce" | "no-preference";
  /** Default: a new, empty store that goes with `close`. */
  readonly storePath?: string;
};

let shared: Promise<Browser> | null = null;

/** One browser for all tests of a file; it ends with the process. */
function browser(): Promise<Browser> {
  shared ??= launchBrowser();
  return shared;
}

/** Call in `afterAll` of a test file. */
export async function closeBrowser(): Promise<void> {
  await (await shared)?.close();
  shared = null;
}

export async function startApp(options: AppOptions = {}): Promise<AppUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), "notegrain-e2e-"));
  const storePath = options.storePath ?? join(folder, "cases.db");
  const { models: asked = fakeModels(options) } = options;
  const models = asked === "bundled" ? undefined : asked;
  const { dialogs, encoder } = options;
  const kind = dialogs ? "electron" : "web";
  const backend = await composeBackend({ kind, dialogs, storePath, models, encoder });
  const served = await serve({ backend, pageRoot: pageRoot() });
  const context = await (await browser()).newContext({
    viewport: options.viewport ?? { width: 1280, height: 800 },
    locale: options.locale ?? "en-GB",
    colorScheme: options.colorScheme ?? "light",
    reducedMotion: options.reducedMotion ?? "reduce",
    acceptDownloads: true,
  });
  // A busy machine is no failure of the app; where speed matters, bench/ measures it.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  await page.goto(served.url);
  return {
    page,
    context,
    url: served.url,
    backend,
    async ask(method, request) {
      const result = await backend.handle(method, request);
      if (!result.ok) throw new Error(`${method}: ${result.error.code}`);
      return result.value as AnswerOf<typeof method>;
    },
    async close() {
      await context.close();
      await served.close();
      await backend.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
