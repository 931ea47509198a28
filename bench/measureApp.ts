import type { Page } from "@playwright/test";
import { deskPage } from "../e2e/pages/deskPage.ts";
import { type AppUnderTest, closeBrowser, startApp } from "../e2e/support/app.ts";
import { noteOfWords } from "../e2e/support/largeNote.ts";
import { readNote } from "../e2e/support/readNote.ts";
import { deskTasks, type LongTasks } from "./deskTasks.ts";
import { highlightDelays } from "./highlightDelays.ts";
import { mainThreadTime } from "./mainThread.ts";

/**
 * Milliseconds by the clock, of each round and the one in the middle; and what the page's main thread took of the
 * processor for it, in one more round that is traced.
 */
type Timing = {
  readonly median: number;
  readonly rounds: readonly number[];
  readonly limit: number;
  readonly processor: number;
};

export type AppFigures = {
  readonly browser: string;
  readonly cases: number;
  /** From the start of the page until the first case is on screen. */
  readonly listVisible: Timing;
  readonly note: { readonly words: number; readonly entities: number };
  /** From the click on the case until its words and first highlights are on screen. */
  readonly noteOpens: Timing;
  /** Of each thing that is done with the note, by its name. */
  readonly longTasks: Readonly<Record<string, LongTasks>>;
  /** From the end of the model's call until the highlight is on screen. */
  readonly highlight: { readonly median: number; readonly longest: number; readonly limit: number };
};

const LIST_LIMIT = 500;
const OPEN_LIMIT = 500;
const HIGHLIGHT_LIMIT = 100;

/** Fills a store, opens the app in Chromium and takes its times. @param tell is called with each step as it begins */
export async function measureApp(
  { cases, rounds }: { readonly cases: number; readonly rounds: number },
  tell: (step: string) => void,
): Promise<AppFigures> {
  const app = await startApp();
  try {
    tell(`filling the store with ${cases} cases`);
    await fill(app, cases);
    const small = await readNote(app, "small.txt", "Fever.");
    const large = await readNote(app, "large.txt", noteOfWords(10_000));
    tell("opening the app");
    const list = await times(rounds, () => listVisible(app.page));
    const listTime = await mainThreadTime(app.page, () => listVisible(app.page));
    const desk = deskPage(app.page);
    tell("opening the large note");
    const leave = async () => {
      await desk.open(small.caseId);
      await until(app.page, `document.querySelectorAll("[data-entity-id]").length === 1`);
    };
    const opens = await times(rounds, async () => {
      await leave();
      return openNote(app.page, large.caseId);
    });
    await leave();
    const openTime = await mainThreadTime(app.page, () => openNote(app.page, large.caseId));
    await leave();
    tell("working on the large note");
    const longTasks = await deskTasks(app.page, "large.txt", () => openNote(app.page, large.caseId));
    tell("watching highlights appear");
    const delays = await highlightDelays();
    return {
      browser: app.context.browser()?.version() ?? "",
      cases,
      listVisible: timing(list, LIST_LIMIT, listTime.total),
      note: { words: 10_000, entities: large.view.entities.length },
      noteOpens: timing(opens, OPEN_LIMIT, openTime.total),
      longTasks,
      highlight: { median: median(delays), longest: Math.round(Math.max(...delays)), limit: HIGHLIGHT_LIMIT },
    };
  } finally {
    await app.close();
    await closeBrowser();
  }
}

async function fill(app: AppUnderTest, cases: number): Promise<void> {
  await app.ask("settings.set", { autoRun: false });
  const encoder = new TextEncoder();
  for (let from = 0; from < cases; from += 500) {
    const files = Array.from({ length: Math.min(500, cases - from) }, (_, index) => ({
      name: `adm-${from + index}.txt`,
      bytes: encoder.encode(`Admission ${from + index}. Cough and fever since two days.`),
    }));
    await app.ask("notes.import", { files, caseId: null });
  }
}

async function listVisible(page: Page): Promise<number> {
  await page.addInitScript(`{
    const look = () => {
      if (!document.querySelector("[data-case-list] a")) return requestAnimationFrame(look);
      // What is in the page now is on screen with the end of this frame.
      requestAnimationFrame(() => { window.listVisible ??= performance.now(); });
    };
    requestAnimationFrame(look);
  }`);
  await page.reload();
  await until(page, "window.listVisible !== undefined");
  return Number(await page.evaluate("window.listVisible"));
}

async function openNote(page: Page, caseId: string): Promise<number> {
  return Number(
    await page.evaluate(`new Promise((resolve) => {
      const began = performance.now();
      const look = () => {
        if (document.querySelectorAll("[data-entity-id]").length <= 20) return requestAnimationFrame(look);
        requestAnimationFrame(() => resolve(performance.now() - began));
      };
      location.hash = "#/case/${caseId}";
      requestAnimationFrame(look);
    })`),
  );
}

/** The page's policy lets nothing evaluate words but the test's own line. */
async function until(page: Page, condition: string): Promise<void> {
  while (!(await page.evaluate(condition))) await page.waitForTimeout(50);
}

async function times(rounds: number, measure: () => Promise<number>): Promise<number[]> {
  const all: number[] = [];
  for (let round = 0; round < rounds; round += 1) all.push(await measure());
  return all;
}

function timing(rounds: readonly number[], limit: number, processor: number): Timing {
  return { median: median(rounds), rounds: rounds.map(Math.round), limit, processor: Math.round(processor) };
}

function median(values: readonly number[]): number {
  return Math.round([...values].sort((a, b) => a - b)[values.length >> 1] ?? 0);
}
