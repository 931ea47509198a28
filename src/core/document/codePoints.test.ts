import fc from "fast-check";
import { expect, test } from "vitest";
import { indexCodePoints } from "./codePoints.ts";

test("both ways agree with a walk over the code points", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const index = indexCodePoints(text);
      let utf16 = 0;
      let codePoint = 0;
      for (const character of text) {
        expect(index.fromUtf16(utf16)).toBe(codePoint);
        expect(index.toUtf16(codePoint)).toBe(utf16);
        utf16 += character.length;
        codePoint += 1;
      }
      expect(index.length).toBe(codePoint);
      expect(index.toUtf16(codePoint)).toBe(utf16);
    }),
  );
});
