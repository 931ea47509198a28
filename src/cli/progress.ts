/** Progress on standard error: a bar on a terminal, a plain line now and then elsewhere. */
export type Progress = {
  /** @param done inputs finished, of `total`; a part of one counts as a fraction */
  update(done: number, total: number): void;
  /** Prints a line without tearing the bar. */
  message(line: string): void;
  end(): void;
};

const BAR_CELLS = 28;
const PLAIN_EVERY_MS = 5_000;

/** @param now milliseconds */
export function createProgress(
  stream: { isTTY?: boolean; write(text: string): unknown },
  label: string,
  now: () => number = () => performance.now(),
): Progress {
  const began = now();
  let last = began;
  let shown = "";
  const clear = (): void => {
    if (shown !== "") stream.write("\r\x1b[K");
  };
  return {
    update(done, total) {
      const seconds = (now() - began) / 1000;
      const rate = seconds > 0 ? done / seconds : 0;
      const left = done > 0 ? `, ${duration((total - done) / rate)} left` : "";
      const words = `${label} ${total === 1 ? `${Math.floor(done * 100)} %` : `${Math.floor(done)}/${total}, ${rate.toFixed(rate < 10 ? 1 : 0)}/s`}${left}`;
      if (stream.isTTY) {
        const filled = total === 0 ? BAR_CELLS : Math.round((done / total) * BAR_CELLS);
        clear();
        shown = `${"█".repeat(filled)}${"░".repeat(BAR_CELLS - filled)} ${words}`;
        stream.write(shown);
      } else if (total > 1 && (done === total || now() - last >= PLAIN_EVERY_MS)) {
        last = now();
        stream.write(`${words}\n`);
      }
    },
    message(line) {
      clear();
      stream.write(`${line}\n${shown}`);
    },
    end() {
      clear();
      shown = "";
    },
  };
}

/** Seconds as a person says them: "8 s", "3 min", "1 h 05 min". */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}
