import fc from "fast-check";
import { expect, test } from "vitest";
import { stockModel } from "../../../test/support/stockModel.ts";
import { bareView, type Piece, splitPieces } from "../document/pieces.ts";
import { compareSpans, contains, overlaps, type Span } from "../document/span.ts";
import { bracketsReader } from "./bracketsReader.ts";

const type = "Sign_symptom";

/** The line of symbolic tagging that says `spans`, as a model writes it over what it reads. */
function line(pieces: readonly Piece[], spans: readonly Span[]): string {
  const words = pieces.map((piece, i) => {
    const view = i === 0 ? ` ${bareView(piece)}` : piece.view;
    const read = view.replaceAll("[", "(").replaceAll("]", ")").replace("\n", " ");
    const opened = spans.filter(({ start }) => start === piece.start).length;
    const closed = spans.filter(({ end }) => end === piece.end).length;
    return "[".repeat(opened) + read + "]".repeat(closed);
  });
  return `${type}:${words.join("")}`;
}

/** Those that brackets can show: nested at most three deep, none beginning where another one does. */
function expressible(drawn: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of drawn) {
    const isNested = kept.every((k) => !overlaps(k, span) || contains(k, span) || contains(span, k));
    const around = kept.filter((k) => contains(k, span));
    const isDeep = around.length > 2 || kept.some((k) => contains(span, k));
    if (isNested && !isDeep && kept.every((k) => k.start !== span.start)) kept.push(span);
  }
  return kept.sort(compareSpans);
}

test("whatever the note holds, brackets, colons, Chinese or broken lines, spans come back exactly", async () => {
  const parts = fc.array(
    fc.constantFrom("[", "]", "[[", "x]", "pain", "(left)", "胸痛", "𠮷", " ", "\n", ": ", "\\[", "12", type),
    { minLength: 1, maxLength: 14 },
  );
  const draws = fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 8 })), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(parts, draws, async (words, drawn) => {
      const text = words.join("");
      const pieces = splitPieces(text);
      fc.pre(pieces.length > 0);
      const spans = expressible(
        drawn
          .flatMap(([from, length]) => {
            const [first, last] = [pieces[from], pieces[Math.min(pieces.length, from + length) - 1]];
            return first && last ? [{ start: first.start, end: last.end }] : [];
          })
          .sort((a, b) => b.end - b.start - (a.end - a.start)),
      );
      const port = stockModel(() => [line(pieces, spans)]);
      const reader = bracketsReader(port, { types: [type], paradigm: "zero", outputFormat: "brackets" });
      const sequence = await port.openSequence();
      const { mentions } = await reader.read({ sequence, text, pieces });
      expect(mentions.map(({ start, end }) => ({ start, end })).sort(compareSpans)).toEqual(spans);
      expect(mentions.every((mention) => mention.type === type)).toBe(true);
    }),
  );
});
