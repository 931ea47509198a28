/** Runs an action at once, then at most every `milliseconds`; calls in between become one at the end. */
export type Pacer = { run(): void; stop(): void };

/** A pacer for `action`: bursts of events (an import of thousands of notes) must not become bursts of work. */
export function createPacer(milliseconds: number, action: () => void): Pacer {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let waiting = false;
  function tick(): void {
    timer = null;
    if (waiting) fire();
  }
  function fire(): void {
    waiting = false;
    timer = setTimeout(tick, milliseconds);
    action();
  }
  return {
    run() {
      if (timer === null) fire();
      else waiting = true;
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      waiting = false;
    },
  };
}
