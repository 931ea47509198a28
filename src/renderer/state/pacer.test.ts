import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createPacer } from "./pacer.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("acts at once, and once more for a burst", () => {
  const action = vi.fn();
  const pacer = createPacer(100, action);
  for (let call = 0; call < 50; call += 1) pacer.run();
  expect(action).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(100);
  expect(action).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1000);
  expect(action).toHaveBeenCalledTimes(2);
});

it("acts at once again after a rest", () => {
  const action = vi.fn();
  const pacer = createPacer(100, action);
  pacer.run();
  vi.advanceTimersByTime(100);
  pacer.run();
  expect(action).toHaveBeenCalledTimes(2);
});

it("does nothing more when stopped", () => {
  const action = vi.fn();
  const pacer = createPacer(100, action);
  pacer.run();
  pacer.run();
  pacer.stop();
  vi.advanceTimersByTime(1000);
  expect(action).toHaveBeenCalledTimes(1);
});
