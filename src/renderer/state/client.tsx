import { createContext, type ReactNode, use, useEffect, useRef } from "react";
import type { Client } from "#contract/client.ts";
import type { EventName, Events } from "#contract/events.ts";

const ClientContext = createContext<Client | null>(null);

/** Gives everything below it the line to the backend. */
export function ClientProvider(props: { readonly client: Client; readonly children: ReactNode }) {
  return <ClientContext value={props.client}>{props.children}</ClientContext>;
}

/** The line to the backend. Screens that only read use `useAnswer`, those that act use `useCall`. */
export function useClient(): Client {
  const client = use(ClientContext);
  if (client === null) throw new Error("useClient needs a ClientProvider above it");
  return client;
}

/** Listens to a backend event while the component is on screen; the latest listener is the one that is called. */
export function useEvent<E extends EventName>(name: E, listener: (payload: Events[E]) => void): void {
  const client = useClient();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => client.on(name, (payload) => latest.current(payload)), [client, name]);
}
