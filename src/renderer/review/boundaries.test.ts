import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Span } from "#core/document/span.ts";
import { moveEdge, nearestStop, neighbourWord, tidySelection, wordFrom } from "./boundaries.ts";

const note = "Takes metoprolol 25 mg, twice daily.\r\n胸痛两天 🫀👩‍⚕️ ok";
const at = (words: string): Span => ({
  start: note.indexOf(words),
  end: note.indexOf(words) + words.length,
});
const words = (span: Span | null) => (span === null ? null : note.slice(span.start, span.end));

describe("moving an edge", () => {
  test.each([
    ["metoprolol", "end", 1, "word", "metoprolol 25"],
    ["metoprolol 25", "end", -1, "word", "metoprolol"],
    ["metoprolol", "start", -1, "word", "Takes metoprolol"],
    ["Takes metoprolol", "start", 1, "word", "metoprolol"],
    ["25 mg", "end", 1, "word", "25 mg,"],
    ["metoprolol", "end", -1, "character", "metoprolo"],
    ["metoprolol", "start", -1, "character", " metoprolol"],
    ["🫀", "end", 1, "character", "🫀👩‍⚕️"],
    ["🫀👩‍⚕️", "end", -1, "character", "🫀"],
    ["daily.", "end", 1, "character", "daily.\r\n"],
    ["胸痛", "end", 1, "character", "胸痛两"],
  ] as const)("%s: %s by %i %s", (before, edge, direction, unit, after) => {
    expect(words(moveEdge(note, at(before), edge, direction, unit))).toBe(after);
  });

  test.each([
    ["no span without a word is left", "metoprolol", "end", -1, "word"],
    ["nothing lies before the start of the note", "Takes", "start", -1, "word"],
    ["nothing lies after its end", "ok", "end", 1, "character"],
  ] as const)("%s", (_, before, edge, direction, unit) => {
    expect(moveEdge(note, at(before), edge, direction, unit)).toEqual(at(before));
  });

  test("a span stays inside the note, non-empty and of whole characters, whatever is pressed", () => {
    const presses = fc.array(
      fc.record({
        edge: fc.constantFrom("start" as const, "end" as const),
        direction: fc.constantFrom(-1 as const, 1 as const),
        unit: fc.constantFrom("word" as const, "character" as const),
      }),
    );
    fc.assert(
      fc.property(presses, (moves) => {
        let span = at("胸痛两天");
        for (const move of moves) {
          span = moveEdge(note, span, move.edge, move.direction, move.unit);
          expect(span.start).toBeLessThan(span.end);
          expect(words(span)?.isWellFormed()).toBe(true);
          expect(words(span)?.trim()).not.toBe("");
        }
      }),
    );
  });
});

test("a selection loses the white space at its edges and keeps whole characters", () => {
  const mark = at("👩‍⚕️");
  expect(words(tidySelection(note, at(" metoprolol ")))).toBe("metoprolol");
  expect(words(tidySelection(note, { start: mark.start + 1, end: mark.end - 1 }))).toBe("👩‍⚕️");
  expect(tidySelection(note, { start: 5, end: 6 })).toBe(null);
});

test("a dragged edge snaps to the nearest word or character", () => {
  const inside = at("metoprolol").start + 3;
  expect(nearestStop(note, inside, "start", "word")).toBe(at("metoprolol").start);
  expect(nearestStop(note, inside, "start", "character")).toBe(inside);
  expect(nearestStop(note, at("mg").end - 1, "end", "word")).toBe(at("mg").end);
});

test("words can be walked without a pointer", () => {
  const first = wordFrom(note, 1);
  expect(words(first)).toBe("metoprolol");
  expect(words(neighbourWord(note, first as Span, 1))).toBe("25");
  expect(words(neighbourWord(note, first as Span, -1))).toBe("Takes");
  expect(words(neighbourWord(note, at("Takes"), -1))).toBe("Takes");
  expect(wordFrom(note, note.length)).toBe(null);
});
