import fc from "fast-check";
import { expect, test } from "vitest";
import { bareView, splitPieces } from "./pieces.ts";

test("each piece is its own stretch of the text, in order", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      let last = 0;
      for (const piece of splitPieces(text)) {
        expect(piece.start).toBeGreaterThanOrEqual(last);
        expect(text.slice(piece.start, piece.end)).toBe(bareView(piece));
        expect(text.slice(last, piece.start).trim()).toBe("");
        last = piece.end;
      }
    }),
  );
});

test("letters, digits, marks and Han characters part", () => {
  expect(splitPieces("BP 120/80\r\n\t胸痛2天。 Na\u0303o").map((piece) => piece.view)).toEqual([
    "BP", " 120", "/", "80", "\n胸", "痛", "2", "天", "。", " Na\u0303o",
  ]); // biome-ignore format: one line reads best
});
