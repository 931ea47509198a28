import { useCallback, useEffect, useMemo, useState } from "react";
import type { EventName } from "#contract/events.ts";
import type { AnswerOf, Method, RequestOf } from "#contract/methods.ts";
import { type PlainError, toPlainError } from "#core/errors.ts";
import { useClient } from "./client.tsx";
import { createPacer } from "./pacer.ts";

/** What is known of an answer so far. A refresh keeps the value it had until the new one is there. */
export type Loaded<Value> = {
  readonly value: Value | undefined;
  readonly error: PlainError | null;
  readonly loading: boolean;
  refresh(): void;
};

type Options = {
  /** Events after which the question is asked again, at most every 150 ms. */
  readonly refreshOn?: readonly EventName[];
  /** Keep the last value while another request is under way, for search as you type. */
  readonly keep?: boolean;
};

type Held<Value> = {
  readonly key: string;
  readonly value: Value | undefined;
  readonly error: PlainError | null;
};

/**
 * Asks the backend and keeps the answer current, also after the backend was lost. `null` as request asks nothing.
 * An answer that comes after the request changed is dropped, and its work is cancelled.
 */
export function useAnswer<M extends Method>(
  method: M,
  request: RequestOf<M> | null,
  options: Options = {},
): Loaded<AnswerOf<M>> {
  const client = useClient();
  const key = request === null ? "" : `${method} ${JSON.stringify(request)}`;
  const [held, setHeld] = useState<Held<AnswerOf<M>>>({ key: "", value: undefined, error: null });
  const [loading, setLoading] = useState(false);
  const [round, setRound] = useState(0);
  const events = (options.refreshOn ?? []).join(" ");
  const pacer = useMemo(() => createPacer(150, () => setRound((last) => last + 1)), []);

  useEffect(() => () => pacer.stop(), [pacer]);

  useEffect(() => {
    const names = events === "" ? [] : (events.split(" ") as EventName[]);
    const stops = names.map((name) => client.on(name, pacer.run));
    stops.push(
      client.on("backend", ({ error }) => {
        if (error === null) pacer.run();
      }),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [client, events, pacer]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for method and request; a round asks again
  useEffect(() => {
    if (request === null) return;
    const controller = new AbortController();
    setLoading(true);
    client.call(method, request, { signal: controller.signal }).then(
      (value) => {
        if (controller.signal.aborted) return;
        setHeld({ key, value, error: null });
        setLoading(false);
      },
      (thrown: unknown) => {
        if (controller.signal.aborted) return;
        setHeld((last) => ({
          key,
          value: last.key === key ? last.value : undefined,
          error: toPlainError(thrown),
        }));
        setLoading(false);
      },
    );
    return () => controller.abort();
  }, [client, key, round]);

  const current = held.key === key || (options.keep === true && key !== "");
  return {
    value: current ? held.value : undefined,
    error: held.key === key ? held.error : null,
    loading: loading || (key !== "" && held.key !== key),
    refresh: useCallback(() => setRound((last) => last + 1), []),
  };
}
