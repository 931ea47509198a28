import type { AbortSignalLike, Backend } from "#contract/client.ts";
import type { Events } from "#contract/events.ts";
import { listeners } from "#contract/listeners.ts";
import { type Method, requests } from "#contract/methods.ts";
import type { Result } from "#contract/result.ts";
import { type ErrorParams, NotegrainError, type ReasonCode, toPlainError } from "#core/errors.ts";
import { aboutHandlers } from "./about.ts";
import { atMost } from "./breathe.ts";
import { caseHandlers } from "./cases.ts";
import { createEvaluation } from "./evaluation.ts";
import { evaluationHandlers } from "./evaluationHandlers.ts";
import { exampleHandlers } from "./examples.ts";
import { exportHandlers } from "./exports.ts";
import { createFewShot } from "./fewShot.ts";
import type { AppContext, Handlers } from "./handlers.ts";
import { createModelChoice } from "./modelChoice.ts";
import { modelHandlers } from "./models.ts";
import { noteHandlers } from "./notes.ts";
import type { AppPorts } from "./ports.ts";
import { createQueue } from "./queue.ts";
import { queueHandlers } from "./queueHandlers.ts";
import { replyHandlers } from "./replies.ts";
import { reviewHandlers } from "./review.ts";
import { settingsHandlers } from "./settings.ts";

const neverAborted: AbortSignalLike = { aborted: false, addEventListener: () => {} };

/**
 * The backend behind every shell: joins the features, takes up the queue where a crash or the last session
 * left it, checks every request by its schema, and turns what is thrown into plain data.
 */
export function createBackend(ports: AppPorts): Backend {
  const context: AppContext = { ...ports, events: listeners<Events>() };
  const choice = createModelChoice(context);
  const fewShot = createFewShot(context);
  const queue = createQueue(context, choice, fewShot);
  const evaluation = createEvaluation(context, choice, fewShot);
  const handlers: Handlers = {
    ...caseHandlers(context, queue),
    ...noteHandlers(context, queue),
    ...queueHandlers(queue),
    ...reviewHandlers(context),
    ...replyHandlers(context),
    ...exportHandlers(context),
    ...modelHandlers(context, choice),
    ...evaluationHandlers(context, evaluation),
    ...exampleHandlers(context, queue, fewShot),
    ...settingsHandlers(context),
    ...aboutHandlers(context),
  };
  queue.resumeUnfinished();

  async function run(method: string, request: unknown, signal: AbortSignalLike): Promise<unknown> {
    if (!Object.hasOwn(requests, method)) throw refused(method, "REQUEST-METHOD");
    const parsed = requests[method as Method].safeParse(request);
    // Where the request is wrong, never what it says: it may hold words of a note.
    if (!parsed.success) {
      throw refused(method, "REQUEST-PLACE", { place: parsed.error.issues[0]?.path.join(".") || "/" });
    }
    const handler = handlers[method as Method] as (request: unknown, signal: AbortSignalLike) => unknown;
    return handler(parsed.data, signal);
  }

  return {
    handle: (method, request, signal = neverAborted) => settle(() => run(method, request, signal), signal),
    on: context.events.on,
    async close() {
      // A model that is just being loaded hears of no abort: whoever closes waits for it so long and no longer.
      await atMost(2000, Promise.all([queue.close(), evaluation.close()]));
      await atMost(1000, Promise.all([choice.close(), fewShot.close()]));
      ports.store.close();
    },
  };
}

function refused(method: string, reason: ReasonCode, values: ErrorParams = {}): NotegrainError {
  return new NotegrainError("NG-REQUEST", { method, reason, ...values });
}

/** The Result of a piece of work; a signal that fires answers at once, whatever the work still does. */
async function settle(work: () => Promise<unknown>, signal: AbortSignalLike): Promise<Result<unknown>> {
  const cancelled: Result<never> = { ok: false, error: { code: "NG-CANCELLED", params: {} } };
  if (signal.aborted) return cancelled;
  const called = new Promise<Result<never>>((resolve) => {
    signal.addEventListener("abort", () => resolve(cancelled), { once: true });
  });
  const done = work().then(
    (value): Result<unknown> => ({ ok: true, value }),
    (error: unknown): Result<unknown> => ({ ok: false, error: toPlainError(error) }),
  );
  return Promise.race([done, called]);
}
