import { describe, expect, it } from "vitest";
import { clashOf, createMatcher, type KeyDefinition, keysOf, sequenceMilliseconds } from "./keyMap.ts";

const define = (id: string, key: string, also?: readonly string[]): KeyDefinition => ({
  id,
  key,
  group: "app",
  label: id,
  ...(also && { also }),
});

describe("keysOf", () => {
  it("puts the user's own key in place of the default and keeps the fixed ones", () => {
    const next = define("next", "j", ["ArrowDown"]);
    expect(keysOf(next, {})).toEqual(["j", "ArrowDown"]);
    expect(keysOf(next, { next: "m" })).toEqual(["m", "ArrowDown"]);
  });
});

describe("clashOf", () => {
  const definitions = [define("next", "j", ["ArrowDown"]), define("cases", "g c"), define("accept", "a")];

  it("finds the action that has the key, by default, own or fixed key", () => {
    expect(clashOf(definitions, {}, "accept", "j")?.id).toBe("next");
    expect(clashOf(definitions, {}, "accept", "ArrowDown")?.id).toBe("next");
    expect(clashOf(definitions, { next: "m" }, "accept", "m")?.id).toBe("next");
    expect(clashOf(definitions, { next: "m" }, "accept", "j")).toBeUndefined();
  });

  it("refuses the start of a sequence, which would swallow the sequence", () => {
    expect(clashOf(definitions, {}, "accept", "g")?.id).toBe("cases");
    expect(clashOf([define("one", "g")], {}, "two", "g c")?.id).toBe("one");
  });

  it("lets an action keep its own key", () => {
    expect(clashOf(definitions, {}, "accept", "a")).toBeUndefined();
  });
});

describe("createMatcher", () => {
  const bound = new Map([
    ["j", "next"],
    ["c", "copy"],
    ["g c", "cases"],
  ]);

  it("runs a single key at once", () => {
    expect(createMatcher()("j", bound, 0)).toEqual({ kind: "run", action: "next" });
  });

  it("waits for the second key of a sequence", () => {
    const match = createMatcher<string>();
    expect(match("g", bound, 0)).toEqual({ kind: "wait" });
    expect(match("c", bound, sequenceMilliseconds)).toEqual({ kind: "run", action: "cases" });
  });

  it("takes the second key for itself when it comes too late", () => {
    const match = createMatcher<string>();
    match("g", bound, 0);
    expect(match("c", bound, sequenceMilliseconds + 1)).toEqual({ kind: "run", action: "copy" });
  });

  it("takes a second key that does not belong to the sequence for itself", () => {
    const match = createMatcher<string>();
    match("g", bound, 0);
    expect(match("j", bound, 1)).toEqual({ kind: "run", action: "next" });
    expect(match("c", bound, 2)).toEqual({ kind: "run", action: "copy" });
  });

  it("knows nothing of other keys", () => {
    expect(createMatcher<string>()("z", bound, 0)).toEqual({ kind: "none" });
  });
});
