import { expect, test } from "vitest";
import { methodNames } from "./bridge.ts";
import { requests } from "./methods.ts";

test("the preload offers every method of the contract, once", () => {
  expect([...methodNames].sort()).toEqual(Object.keys(requests).sort());
});
