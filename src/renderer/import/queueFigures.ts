import type { QueueItem, QueueState } from "#contract/records.ts";

/** The queue in numbers. */
export type QueueFigures = {
  readonly total: number;
  readonly finished: number;
  readonly open: number;
  readonly failed: number;
  /** Share of the work that is done, 0 to 1; notes count alike. */
  readonly progress: number;
};

/** Counts the queue for the status bar: "2/14" is finished of total. */
export function queueFigures(queue: QueueState): QueueFigures {
  const total = queue.items.length;
  const isOpen = (item: QueueItem) => item.state === "queued" || item.state === "running";
  const open = queue.items.filter(isOpen).length;
  const done = queue.items.reduce((sum, item) => sum + (isOpen(item) ? item.progress : 1), 0);
  return {
    total,
    finished: total - open,
    open,
    failed: queue.items.filter((item) => item.state === "failed").length,
    progress: total === 0 ? 0 : done / total,
  };
}

const order: readonly QueueItem["state"][] = ["running", "queued", "failed", "cancelled", "done"];

/** What runs first, then what waits in its own order, then what needs a look, then what is done. */
export function sortQueue(items: readonly QueueItem[]): readonly QueueItem[] {
  return [...items].sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
}
