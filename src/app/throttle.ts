/** Calls `run` at once, then at most once in each stretch of time, the last call always included. */
export type Throttle = { call(): void; stop(): void };

/** @param pauseAfter milliseconds until the next call, asked after each */
export function createThrottle(run: () => void, pauseAfter: () => number): Throttle {
  let timer: NodeJS.Timeout | null = null;
  let isWanted = false;

  function fire(): void {
    isWanted = false;
    run();
    timer = setTimeout(() => {
      timer = null;
      if (isWanted) fire();
    }, pauseAfter());
    timer.unref();
  }

  return {
    call() {
      isWanted = true;
      if (timer === null) fire();
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
