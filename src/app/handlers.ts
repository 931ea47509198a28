import type { AbortSignalLike } from "#contract/client.ts";
import type { Events } from "#contract/events.ts";
import type { Listeners } from "#contract/listeners.ts";
import type { Answers, Method, ParsedRequest } from "#contract/methods.ts";
import type { AppPorts } from "./ports.ts";

/** The functions behind the methods. They throw; `createBackend` makes Results of it. */
export type Handlers = {
  readonly [M in Method]: (
    request: ParsedRequest<M>,
    signal: AbortSignalLike,
  ) => Answers[M] | Promise<Answers[M]>;
};

/** What each feature is made from. */
export type AppContext = AppPorts & { readonly events: Listeners<Events> };
