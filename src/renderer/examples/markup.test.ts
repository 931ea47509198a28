import fc from "fast-check";
import { expect, it } from "vitest";
import { readMarkup, writeMarkup } from "./markup.ts";

it("shows spans by brackets with their type, nested ones too", () => {
  const example = {
    text: "severe chest pain [x] 胸痛",
    spans: [
      { type: "Sign_symptom", start: 0, end: 17 },
      { type: "Biological_structure", start: 7, end: 12 },
    ],
  };
  const marked = "[Sign_symptom: severe [Biological_structure: chest] pain] \\[x\\] 胸痛";
  expect(writeMarkup(example)).toBe(marked);
  expect(readMarkup(marked)).toEqual(example);
  expect(readMarkup("[ Age :40] years")).toEqual({
    text: "40 years",
    spans: [{ type: "Age", start: 0, end: 2 }],
  });
});

it.each(["[Age: 40", "40]", "[Age: ]", "[: 40]", "[40]", "x\\"])("refuses %s", (marked) => {
  expect(readMarkup(marked)).toBeNull();
});

it("reads back whatever it writes", () => {
  const text = "a[b]\\c d: 胸e";
  const span = fc
    .tuple(fc.nat(text.length - 1), fc.nat(text.length), fc.constantFrom("A", "B_c"))
    .map(([start, end, type]) => ({ start, end, type }))
    .filter(({ start, end }) => start < end);
  const nested = fc
    .uniqueArray(span, { maxLength: 4, selector: ({ start, end }) => `${start} ${end}` })
    .filter((spans) =>
      spans.every((a) =>
        spans.every(
          (b) =>
            a.end <= b.start ||
            b.end <= a.start ||
            (a.start <= b.start && b.end <= a.end) ||
            (b.start <= a.start && a.end <= b.end),
        ),
      ),
    );
  fc.assert(
    fc.property(nested, (spans) => {
      const sorted = spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
      expect(readMarkup(writeMarkup({ text, spans }))).toEqual({ text, spans: sorted });
    }),
  );
});
