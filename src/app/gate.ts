/** A gate that work passes through: open at first, closed while a person has paused the queue. */
export type Gate = {
  readonly isClosed: boolean;
  close(): void;
  open(): void;
  /** Resolves when the gate is open or `signal` has fired, which may be at once. */
  pass(signal: AbortSignal): Promise<void>;
};

export function createGate(): Gate {
  const waiting = new Set<() => void>();
  let isClosed = false;
  return {
    get isClosed() {
      return isClosed;
    },
    close() {
      isClosed = true;
    },
    open() {
      isClosed = false;
      for (const go of waiting) go();
      waiting.clear();
    },
    async pass(signal) {
      if (!isClosed || signal.aborted) return;
      await new Promise<void>((resolve) => {
        waiting.add(resolve);
        signal.addEventListener("abort", () => resolve(), { once: true });
      });
    },
  };
}
