import { expect, it } from "vitest";
import type { QueueItem } from "#contract/records.ts";
import { queueFigures, sortQueue } from "./queueFigures.ts";

const item = (documentId: string, state: QueueItem["state"], progress = 0): QueueItem => ({
  documentId,
  caseId: documentId,
  name: documentId,
  state,
  progress,
  secondsLeft: null,
  error: null,
});
const items = [
  item("a", "done", 1),
  item("b", "queued"),
  item("c", "failed", 0.3),
  item("d", "running", 0.5),
  item("e", "queued"),
];

it("counts the finished of all, and the part of a note under way", () => {
  expect(queueFigures({ paused: false, items, secondsLeft: null })).toEqual({
    total: 5,
    finished: 2,
    open: 3,
    failed: 1,
    progress: 0.5,
  });
});

it("is nothing for an empty queue", () => {
  expect(queueFigures({ paused: false, items: [], secondsLeft: null }).progress).toBe(0);
});

it("shows what runs first and keeps the order of what waits", () => {
  expect(sortQueue(items).map((one) => one.documentId)).toEqual(["d", "b", "e", "c", "a"]);
});
