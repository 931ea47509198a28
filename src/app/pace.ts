/** How fast notes are read, for the time left. Lengths are UTF-16 units. */
export type Pace = {
  /** A note begins now. */
  begin(): void;
  finished(length: number, seconds: number): void;
  /** Of the note in hand, by its progress so far (0 to 1); null while there is too little to tell. */
  secondsLeft(progress: number): number | null;
  /** For so much text; null before the first note is finished. */
  secondsFor(length: number): number | null;
};

/** Below this share of the text the estimate would jump about. */
const leastProgress = 0.02;

/** Older notes count less: the machine may be busier or freer by now. */
const memory = 0.8;

export function createPace(now: () => number = () => performance.now()): Pace {
  let began = 0;
  let units = 0;
  let seconds = 0;
  return {
    begin() {
      began = now();
    },
    finished(length, took) {
      units = units * memory + length;
      seconds = seconds * memory + took;
    },
    secondsLeft(progress) {
      if (progress < leastProgress) return null;
      return (((now() - began) / 1000) * (1 - progress)) / progress;
    },
    secondsFor: (length) => (units === 0 ? null : (length * seconds) / units),
  };
}
