import { expect, test } from "vitest";
import { createPace } from "./pace.ts";

test("the note in hand is judged by how far it came in its own time", () => {
  let now = 0;
  const pace = createPace(() => now);
  pace.begin();
  now = 3000;
  expect(pace.secondsLeft(0)).toBeNull();
  expect(pace.secondsLeft(0.01)).toBeNull();
  expect(pace.secondsLeft(0.25)).toBe(9);
  expect(pace.secondsLeft(1)).toBe(0);
});

test("what waits is judged by the notes before it, the latest most", () => {
  const pace = createPace(() => 0);
  expect(pace.secondsFor(1000)).toBeNull();
  pace.finished(1000, 2);
  expect(pace.secondsFor(500)).toBe(1);
  for (let i = 0; i < 50; i++) pace.finished(1000, 4);
  expect(pace.secondsFor(1000)).toBeCloseTo(4, 3);
});
