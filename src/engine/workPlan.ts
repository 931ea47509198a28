import { availableParallelism, loadavg } from "node:os";

/** How a model is spread over the processor. */
export type WorkPlan = {
  /** Contexts with one sequence each, which read windows at the same time. */
  readonly contexts: number;
  readonly threadsEach: number;
};

/** Whether a further context gains nothing, because all wait for the same weights to come from memory. */
export function isLarge(weightBytes: number): boolean {
  return weightBytes > 500_000_000;
}

/**
 * One thread for each free core. A small model gets a context for each: measured on two cores with the
 * compact model, two contexts of one thread read a third faster than one of two threads, and do not collapse
 * when another program takes a core. A large model gets all threads for one context.
 */
export function planWork(
  weightBytes: number,
  wish: { readonly parallelism?: number; readonly threads?: number },
  machine = { cores: availableParallelism(), load: loadavg()[0] ?? 0 },
): WorkPlan {
  // At least half of the cores: the load average lags behind and counts our own last run.
  const free = Math.max(Math.ceil(machine.cores / 2), machine.cores - Math.round(machine.load));
  const threads = Math.max(1, wish.threads ?? free);
  const contexts = wish.parallelism ?? (isLarge(weightBytes) ? 1 : threads);
  return { contexts, threadsEach: Math.max(1, Math.floor(threads / contexts)) };
}
