import type { Page } from "@playwright/test";
import { deskPage } from "../e2e/pages/deskPage.ts";
import { mainThreadTime } from "./mainThread.ts";

/**
 * Tasks of the page that took longer than 50 ms by the clock, as PerformanceObserver tells them; and the most that
 * one took of the processor, which does not depend on what else the machine does.
 */
export type LongTasks = {
  readonly count: number;
  readonly longest: number;
  readonly longestProcessor: number;
};

/** Milliseconds for the page to show what was filtered, before the filter goes. */
const PAUSE = 500;

/**
 * The long tasks of each thing that a person does with a note, by its name.
 * @param open opens the note `name`, from another
 */
export async function deskTasks(
  page: Page,
  name: string,
  open: () => Promise<unknown>,
): Promise<Record<string, LongTasks>> {
  const desk = deskPage(page);
  const repeated = (times: number, key: string) => desk.press(...Array<string>(times).fill(key));
  const works: Readonly<Record<string, () => Promise<void>>> = {
    async open() {
      await open();
      // Parts that cannot be seen yet are painted when the page is idle.
      await page.waitForTimeout(3000);
    },
    async scroll() {
      await desk.note.hover({ position: { x: 200, y: 300 } });
      for (let step = 0; step < 30; step += 1) await page.mouse.wheel(0, 1500);
    },
    async filterByWords() {
      await desk.press("f");
      await desk.filterText.pressSequentially("chest pain");
      await page.waitForTimeout(PAUSE);
      await desk.press("Escape", "Shift+F");
    },
    async filterByConfidence() {
      await desk.confidenceFrom(30);
      await page.waitForTimeout(PAUSE);
      await desk.press("Home");
    },
    async walk() {
      await page.getByRole("region", { name }).focus();
      await repeated(15, "j");
    },
    async accept() {
      await repeated(5, "a");
    },
    async takeBack() {
      await repeated(5, "u");
    },
    async table() {
      await desk.press("v");
      await desk.rows.first().waitFor();
    },
    leastCertain: () => desk.press("n"),
  };
  await page.evaluate(watchTasks);
  const tasks: Record<string, LongTasks> = {};
  for (const [what, work] of Object.entries(works)) tasks[what] = await during(page, work);
  return tasks;
}

const watchTasks = `{
  window.tasks = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.tasks.push(entry.duration);
  }).observe({ type: "longtask" });
}`;

async function during(page: Page, work: () => Promise<void>): Promise<LongTasks> {
  const take = () => page.evaluate<number[]>("window.tasks.splice(0)");
  await take();
  const { longest } = await mainThreadTime(page, async () => {
    await work();
    await page.waitForTimeout(1000);
  });
  const tasks = await take();
  return {
    count: tasks.length,
    longest: Math.round(Math.max(0, ...tasks)),
    longestProcessor: Math.round(longest),
  };
}
