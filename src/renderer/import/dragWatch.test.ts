import { expect, it } from "vitest";
import { createDragWatch } from "./dragWatch.ts";

function watched() {
  const told: boolean[] = [];
  return { told, watch: createDragWatch((over) => told.push(over)) };
}
const [page, heading, redrawn] = [new EventTarget(), new EventTarget(), new EventTarget()];

it("stays over the window from element to element, and leaves with the last", () => {
  const { told, watch } = watched();
  watch.enter(page);
  watch.enter(heading);
  watch.leave(page);
  expect(told).toEqual([true]);
  watch.leave(heading);
  expect(told).toEqual([true, false]);
});

it("leaves also after an element was redrawn under the drag, which is never left itself", () => {
  const { told, watch } = watched();
  watch.enter(heading);
  watch.enter(redrawn);
  watch.leave(redrawn);
  expect(told).toEqual([true, false]);
});

it("ends with the drop, once, and begins anew", () => {
  const { told, watch } = watched();
  watch.enter(page);
  watch.end();
  watch.end();
  watch.leave(page);
  watch.enter(page);
  expect(told).toEqual([true, false, true]);
});
