/** A fixed number of places; who finds none free waits, first come, first served. */
export type Slots<T> = {
  take(): Promise<T>;
  give(place: T): void;
};

export function createSlots<T>(places: readonly T[]): Slots<T> {
  const free = [...places];
  const waiting: ((place: T) => void)[] = [];
  return {
    take() {
      const place = free.pop();
      return place === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(place);
    },
    give(place) {
      const next = waiting.shift();
      if (next) next(place);
      else free.push(place);
    },
  };
}
