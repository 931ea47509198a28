import type { QueueState } from "#contract/records.ts";
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
  /** What is asked at the very start is about the whole list. */
  const whenReady =
    <Request>(act: (request: Request) => QueueState) =>
    async (request: Request): Promise<QueueState> => {
      await queue.ready();
      return act(request);
    };
  return {
    "queue.get": whenReady(queue.state),
    "queue.start": ({ documentIds }) => queue.start(documentIds),
    "queue.cancel": whenReady(({ documentIds }) => queue.cancel(documentIds)),
    "queue.pause": whenReady(queue.pause),
    "queue.resume": whenReady(queue.resume),
    "queue.retry": ({ documentId }) => queue.start([documentId]),
    "queue.clearFinished": whenReady(queue.clearFinished),
  };
}
