import { useEffect, useRef } from "react";
import { useKeyRegistry } from "./KeyProvider.tsx";
import type { KeyDefinition } from "./keyMap.ts";

/** What to do for each action; an action without a handler is off. */
export type KeyHandlers<Definition extends KeyDefinition> = Partial<
  Record<Definition["id"], ((event?: KeyboardEvent) => void) | undefined>
>;

/**
 * Binds actions while the component is on screen: `useKeys(keys, { "review.accept": () => accept() })`.
 * Handlers may change at every render; only their presence turns a key on or off.
 * They are called without an event when chosen in the palette.
 */
export function useKeys<const Definition extends KeyDefinition>(
  definitions: readonly Definition[],
  handlers: KeyHandlers<Definition>,
): void {
  const { add } = useKeyRegistry();
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  const present = definitions
    .filter((definition) => handlers[definition.id as Definition["id"]] !== undefined)
    .map((definition) => definition.id)
    .join(" ");
  useEffect(() => {
    const ids = present.split(" ");
    return add(
      definitions
        .filter((definition) => ids.includes(definition.id))
        .map((definition) => ({
          definition,
          run: (event) => latest.current[definition.id as Definition["id"]]?.(event),
        })),
    );
  }, [add, definitions, present]);
}
