import { createContext, type ReactNode, use, useCallback, useEffect, useState } from "react";
import type { QueueState } from "#contract/records.ts";
import { useClient, useEvent } from "./client.tsx";

const empty: QueueState = { paused: false, items: [], secondsLeft: null };
const QueueContext = createContext<QueueState>(empty);

/** Holds the queue as the backend broadcasts it. */
export function QueueProvider(props: { readonly children: ReactNode }) {
  const client = useClient();
  const [queue, setQueue] = useState(empty);
  useEvent("queue", setQueue);
  const load = useCallback(() => {
    // A failure needs no words here: the next queue event brings the state, and a lost backend has its banner.
    client.call("queue.get", {}).then(setQueue, () => undefined);
  }, [client]);
  useEffect(load, [load]);
  useEvent("backend", ({ error }) => {
    if (error === null) load();
  });
  return <QueueContext value={queue}>{props.children}</QueueContext>;
}

/** The queue of notes that a model reads, current with every event. */
export function useQueue(): QueueState {
  return use(QueueContext);
}
