import { expect, test } from "vitest";
import { createProgress, duration } from "./progress.ts";

function collect(isTTY: boolean) {
  let time = 0;
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) };
  const progress = createProgress(stream, "notes", () => time);
  return { progress, written, pass: (ms: number) => (time += ms) };
}

test("a terminal sees a bar with rate and time left", () => {
  const { progress, written, pass } = collect(true);
  pass(2000);
  progress.update(5, 20);
  expect(written.join("")).toContain("notes 5/20, 2.5/s, 6 s left");
  progress.message("a.txt failed");
  expect(written.at(-1)).toContain("a.txt failed\n");
  progress.end();
  expect(written.at(-1)).toBe("\r\x1b[K");
});

test("elsewhere a line every five seconds and the last one", () => {
  const { progress, written, pass } = collect(false);
  for (let done = 1; done <= 12; done++) {
    pass(1000);
    progress.update(done, 12);
  }
  expect(written).toEqual([
    "notes 5/12, 1.0/s, 7 s left\n",
    "notes 10/12, 1.0/s, 2 s left\n",
    "notes 12/12, 1.0/s, 0 s left\n",
  ]);
});

test("durations read like speech", () => {
  expect([3, 89, 90, 3540, 3900].map(duration)).toEqual(["3 s", "89 s", "2 min", "59 min", "1 h 05 min"]);
});
