/** Who listens to what: `on` returns the way to stop. */
export type Listeners<Payloads> = {
  on<Name extends keyof Payloads>(name: Name, listener: (payload: Payloads[Name]) => void): () => void;
  emit<Name extends keyof Payloads>(name: Name, payload: Payloads[Name]): void;
};

/** An empty set of listeners. One that stops another while an event goes round is safe. */
export function listeners<Payloads>(): Listeners<Payloads> {
  const byName = new Map<keyof Payloads, Set<(payload: never) => void>>();
  return {
    on(name, listener) {
      const set = byName.get(name) ?? new Set();
      byName.set(name, set);
      set.add(listener);
      return () => set.delete(listener);
    },
    emit(name, payload) {
      for (const listener of [...(byName.get(name) ?? [])])
        (listener as (value: typeof payload) => void)(payload);
    },
  };
}
