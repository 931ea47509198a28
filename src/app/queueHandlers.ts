import type { Handlers } from "./handlers.ts";
import type { Queue } from "./queue.ts";

/** The methods of the queue. */
export function queueHandlers(
  queue: Queue,
): Pick<
  Handlers,
  | "queue.get"
  | "queue.start"
  | "queue.cancel"
  | "queue.pause"
  | "queue.resume"
  | "queue.retry"
  | "queue.clearFinished"
> {
  return {
    "queue.get": () => queue.state(),
    "queue.start": ({ documentIds }) => queue.start(documentIds),
    "queue.cancel": ({ documentIds }) => queue.cancel(documentIds),
    "queue.pause": () => queue.pause(),
    "queue.resume": () => queue.resume(),
    "queue.retry": ({ documentId }) => queue.start([documentId]),
    "queue.clearFinished": () => queue.clearFinished(),
  };
}
