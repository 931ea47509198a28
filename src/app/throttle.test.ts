import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createThrottle } from "./throttle.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the first call runs at once, those in the pause once after it, and the last is never lost", () => {
  const run = vi.fn();
  const throttle = createThrottle(run, () => 100);
  throttle.call();
  expect(run).toHaveBeenCalledTimes(1);
  for (let i = 0; i < 5; i++) throttle.call();
  expect(run).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(100);
  expect(run).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1000);
  expect(run).toHaveBeenCalledTimes(2);
  throttle.call();
  expect(run).toHaveBeenCalledTimes(3);
});

test("a stopped one runs no more of what waited", () => {
  const run = vi.fn();
  const throttle = createThrottle(run, () => 100);
  throttle.call();
  throttle.call();
  throttle.stop();
  vi.advanceTimersByTime(1000);
  expect(run).toHaveBeenCalledTimes(1);
});
