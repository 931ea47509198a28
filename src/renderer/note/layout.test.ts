import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chunkAt, layOut } from "./layout.ts";

const text = fc.array(
  fc.constantFrom(
    "fever ",
    "胸痛",
    "🫀",
    "\r\n",
    "\n",
    "\r",
    "é",
    "👩‍⚕️",
    " ",
    "x".repeat(700),
    "长".repeat(1300),
  ),
  { maxLength: 40 },
);

describe("the layout of a note", () => {
  test("lines and their breaks make up the text, chunks make up the lines", () => {
    fc.assert(
      fc.property(text, (parts) => {
        const note = parts.join("");
        const { lines, chunks } = layOut(note, []);
        let at = 0;
        for (const line of lines) {
          expect(line.start).toBe(at);
          expect(note.slice(line.end, line.next)).toMatch(/^(\r\n|\n|\r|)$/);
          expect(note.slice(line.start, line.end)).not.toMatch(/[\r\n]/);
          expect(line.chunks.map((chunk) => note.slice(chunk.start, chunk.end)).join("")).toBe(
            note.slice(line.start, line.end),
          );
          at = line.next;
        }
        expect(at).toBe(note.length);
        expect(chunks.map((chunk) => chunk.index)).toEqual(chunks.map((_, index) => index));
        for (const chunk of chunks) expect(note.slice(chunk.start, chunk.end).isWellFormed()).toBe(true);
      }),
    );
  });

  test("each offset has the chunk that holds it", () => {
    fc.assert(
      fc.property(text, (parts) => {
        const note = parts.join("");
        const { chunks } = layOut(note, []);
        for (const chunk of chunks) {
          if (chunk.end > chunk.start) expect(chunkAt(chunks, chunk.start)).toBe(chunk.index);
        }
      }),
    );
  });

  test("a title alone on its line is a heading, one before other words is not", () => {
    const note = "Medications:\naspirin\nAllergies: none";
    const sections = [
      { category: "medications", title: { start: 0, end: 11 }, start: 0, end: 21 },
      { category: "allergies", title: { start: 21, end: 30 }, start: 21, end: note.length },
    ];
    expect(layOut(note, sections).lines.map((line) => line.heading)).toEqual([true, false, false]);
  });
});
