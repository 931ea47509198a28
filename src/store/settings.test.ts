import { expect, test } from "vitest";
import { openStore } from "./openStore.ts";

test("a setting comes back as it was kept last, and is undefined before", async () => {
  const store = await openStore(":memory:");
  expect(store.getSetting("keys")).toBeUndefined();
  store.setSetting("keys", { accept: "a", reject: null });
  store.setSetting("keys", { accept: "y", lanes: [1, 2] });
  expect(store.getSetting("keys")).toEqual({ accept: "y", lanes: [1, 2] });
});
