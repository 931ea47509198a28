/** Lets whatever else waits for this thread have its turn. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Waits for `work`, but no longer than so many milliseconds. */
export function atMost(milliseconds: number, work: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(resolve, milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(limit));
  });
}
