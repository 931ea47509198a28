import fc from "fast-check";
import { expect, test } from "vitest";
import { plant } from "../../../test/oracles/plant.ts";
import { compareSpans, contains, overlaps, type Span } from "../document/span.ts";
import { readBracketLine, writeBracketLine } from "./bracketNotation.ts";

test.each([
  ["No ⟦fever|S⟧ today", "S: No [fever] today"],
  ["⟦⟦left lung|S⟧ cancer|S⟧", "S: [[left lung] cancer]"],
  ["⟦cancer of the ⟦left ⟦lung|S⟧|S⟧|S⟧.", "S: [cancer of the [left [lung]]]."],
  ["⟦pain|S⟧⟦pain|S⟧", "S: [pain][pain]"],
  ["nothing", "S: nothing"],
  ["Hb [12] ] and [[ or ⟦a]|S⟧", "S: Hb \\[12\\] \\] and \\[\\[ or [a\\]]"],
  ["C:\\n is ⟦no|S⟧ line end,\r\nthis is", "S: C:\\\\n is [no] line end,\\r\\nthis is"],
  ["患者⟦胸痛|S⟧2天𠮷", "S: 患者[胸痛]2天𠮷"],
  ["", "S: "],
])("%j is the line %j, both ways", (marked, line) => {
  const { text, mentions } = plant(marked);
  const spans = mentions.map(({ start, end }) => ({ start, end }));
  expect(writeBracketLine({ type: "S", text, spans })).toBe(line);
  expect(readBracketLine(line)).toEqual({ type: "S", text, spans });
});

const marks = fc.constantFrom("[", "]", "\\", "n", ":", " ", "\n", "\r", "胸", "𠮷", "pain");
const someText = fc.array(marks, { maxLength: 30 }).map((parts) => parts.join(""));

test("whatever is written is read back, on one line", () => {
  const spanDraws = fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 12 })), { maxLength: 10 });
  fc.assert(
    fc.property(someText, spanDraws, (text, draws) => {
      const spans = withoutCrossing(
        draws.map(([start, length]) => ({ start, end: start + length })),
        text,
      );
      const line = writeBracketLine({ type: "Lab_value", text, spans });
      expect(line).not.toMatch(/[\n\r]/);
      expect(readBracketLine(line)).toEqual({ type: "Lab_value", text, spans });
    }),
  );
});

function withoutCrossing(drawn: readonly Span[], text: string): Span[] {
  const kept: Span[] = [];
  for (const span of drawn) {
    const isNested = kept.every((k) => !overlaps(k, span) || contains(k, span) || contains(span, k));
    if (span.end <= text.length && isNested) kept.push(span);
  }
  return kept.sort(compareSpans);
}

test("whatever is read is written back as it stood", () => {
  fc.assert(
    fc.property(someText, (rest) => {
      const read = readBracketLine(`T: ${rest}`);
      if (read !== null) expect(writeBracketLine(read)).toBe(`T: ${rest}`);
    }),
    { numRuns: 500 },
  );
});

test.each([
  "",
  "no type",
  ": pain",
  "S:pain",
  "S: [pain",
  "S: pain]",
  "S: a]b[",
  "S: []",
  "S: [[a]",
  "S: a\\",
  "S: \\x",
  "S: a\nb",
  "[S: a]",
])("%j is no such line", (line) => {
  expect(readBracketLine(line)).toBeNull();
});

test.each<[string, Span[]]>([
  [
    "crossing",
    [
      { start: 0, end: 3 },
      { start: 2, end: 5 },
    ],
  ],
  ["empty", [{ start: 2, end: 2 }]],
  ["past the end", [{ start: 4, end: 9 }]],
  ["before the beginning", [{ start: -1, end: 2 }]],
])("spans that are %s are refused", (_, spans) => {
  expect(() => writeBracketLine({ type: "S", text: "abcdef", spans })).toThrow(
    expect.objectContaining({ code: "NG-INTERNAL" }),
  );
});
