import type { Page } from "@playwright/test";

type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
};

/**
 * Does `work` and answers the longest task of the page's main thread and all of them together, in milliseconds of
 * processor time. Time on the clock, which PerformanceObserver tells, says nothing where the machine does other
 * work besides.
 */
export async function mainThreadTime(
  page: Page,
  work: () => Promise<unknown>,
): Promise<{ readonly longest: number; readonly total: number }> {
  const browser = page.context().browser();
  if (browser === null) throw new Error("the page has no browser");
  await browser.startTracing(page, { categories: ["toplevel"] });
  let recorded: Buffer;
  try {
    await work();
  } finally {
    recorded = await browser.stopTracing();
  }
  const trace = JSON.parse(recorded.toString()) as { traceEvents: TraceEvent[] };
  const threads = new Set(
    trace.traceEvents
      .filter((event) => event.name === "thread_name" && event.args?.name === "CrRendererMain")
      .map(threadOf),
  );
  const tasks = trace.traceEvents.filter(
    (event) => event.ph === "X" && event.name.endsWith("RunTask") && threads.has(threadOf(event)),
  );
  if (tasks.length === 0) throw new Error("the trace holds no task of the page");
  const times = tasks.map((task) => (task.tdur ?? 0) / 1000);
  return { longest: Math.max(...times), total: times.reduce((sum, time) => sum + time, 0) };
}

function threadOf(event: TraceEvent): string {
  return `${event.pid} ${event.tid}`;
}
