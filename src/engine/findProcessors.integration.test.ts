import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { findProcessors } from "./findProcessors.ts";

test("names the processor, and a graphics processor with its devices where the engine finds one", async () => {
  const { name, threads, graphics } = await findProcessors();
  expect(name).toMatch(/\w/);
  expect(threads).toBe(availableParallelism());
  if (graphics === null) return;
  expect(["cuda", "metal", "vulkan"]).toContain(graphics.by);
  expect(graphics.devices.length).toBeGreaterThan(0);
});
