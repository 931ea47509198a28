import { describe, expect, it } from "vitest";
import { chordCaps, chordOf, isReserved, type KeyPress } from "./chord.ts";

const press = (of: Partial<KeyPress>): KeyPress => ({
  key: "a",
  code: "KeyA",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...of,
});

describe("chordOf", () => {
  it.each([
    [press({}), "a"],
    [press({ key: "A", shiftKey: true }), "A"],
    [press({ key: " ", code: "Space" }), "Space"],
    [press({ key: "?", code: "Slash", shiftKey: true }), "?"],
    [press({ key: "ArrowLeft", code: "ArrowLeft", shiftKey: true }), "Shift+ArrowLeft"],
    [press({ key: "{", code: "BracketLeft", altKey: true, shiftKey: true }), "Alt+{"],
    [press({ key: "z", code: "KeyZ", ctrlKey: true, shiftKey: true }), "Mod+Shift+z"],
  ])("names %o %s", (event, chord) => {
    expect(chordOf(event, false)).toBe(chord);
  });

  it("goes by the place of the key with Alt, where a Mac types another character", () => {
    expect(chordOf(press({ key: "“", code: "BracketLeft", altKey: true }), true)).toBe("Alt+[");
    expect(chordOf(press({ key: "†", code: "KeyT", altKey: true }), true)).toBe("Alt+t");
  });

  it("takes Command on a Mac and Ctrl elsewhere as Mod", () => {
    expect(chordOf(press({ key: "k", code: "KeyK", metaKey: true }), true)).toBe("Mod+k");
    expect(chordOf(press({ key: "k", code: "KeyK", metaKey: true }), false)).toBe("Meta+k");
    expect(chordOf(press({ key: "k", code: "KeyK", ctrlKey: true }), true)).toBe("Ctrl+k");
  });

  it("is the same with Caps Lock on when Mod is held", () => {
    expect(chordOf(press({ key: "K", code: "KeyK", ctrlKey: true }), false)).toBe("Mod+k");
  });

  it("is nothing for lone modifiers and while an input method composes", () => {
    expect(chordOf(press({ key: "Shift", code: "ShiftLeft", shiftKey: true }), false)).toBeNull();
    expect(chordOf(press({ key: "a", isComposing: true }), false)).toBeNull();
  });
});

describe("chordCaps", () => {
  it("shows sequences and the system's own signs", () => {
    expect(chordCaps("g c", false)).toEqual([["g"], ["c"]]);
    expect(chordCaps("Mod+k", true)).toEqual([["⌘", "K"]]);
    expect(chordCaps("Mod+k", false)).toEqual([["Ctrl", "K"]]);
    expect(chordCaps("Shift+ArrowLeft", false)).toEqual([["Shift", "←"]]);
  });

  it("keeps a plus that is the key itself", () => {
    expect(chordCaps("Mod++", false)).toEqual([["Ctrl", "+"]]);
  });
});

it("knows what browser and system keep for themselves", () => {
  expect(isReserved("Mod+w")).toBe(true);
  expect(isReserved("Tab")).toBe(true);
  expect(isReserved("Mod+k")).toBe(false);
  expect(isReserved("x")).toBe(false);
});
