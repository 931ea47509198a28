import { useLayoutEffect, useRef } from "react";
import { useBindKeys } from "./KeyProvider.tsx";
import type { KeyDefinition } from "./keyMap.ts";

/** What to do for each action; an action without a handler is off. */
export type KeyHandlers<Definition extends KeyDefinition> = Partial<
  Record<Definition["id"], ((event?: KeyboardEvent) => void) | undefined>
>;

/**
 * Binds actions while the component is on screen: `useKeys(keys, { "review.accept": () => accept() })`.
 * Handlers may change at every render; only their presence turns a key on or off.
 * They are called without an event when chosen in the palette. Bound before the component is painted: what is seen
 * can be acted on.
 */
export function useKeys<const Definition extends KeyDefinition>(
  definitions: readonly Definition[],
  handlers: KeyHandlers<Definition>,
): void {
  const bind = useBindKeys();
  const latest = useRef(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  const present = definitions
    .filter((definition) => handlers[definition.id as Definition["id"]] !== undefined)
    .map((definition) => definition.id)
    .join(" ");
  useLayoutEffect(() => {
    const ids = present.split(" ");
    return bind(
      definitions
        .filter((definition) => ids.includes(definition.id))
        .map((definition) => ({
          definition,
          run: (event) => latest.current[definition.id as Definition["id"]]?.(event),
        })),
    );
  }, [bind, definitions, present]);
}
