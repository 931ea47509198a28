import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createWordPiece, type WordPieceFacts } from "./wordPiece.ts";

const facts: WordPieceFacts = {
  vocabulary: ["[UNK]", "[CLS]", "[SEP]", "fever", "##ish", "no", ",", "痛", "cafe", "a", "##a"],
  lowercase: true,
  stripAccents: true,
  splitHan: true,
  continuation: "##",
  unknown: "[UNK]",
  first: "[CLS]",
  last: "[SEP]",
  longestWord: 100,
};

function quotes(text: string, changed: Partial<WordPieceFacts> = {}): readonly (readonly [string, string])[] {
  const given = { ...facts, ...changed };
  return createWordPiece(given)
    .tokenize(text)
    .map(({ id, start, end }) => [given.vocabulary[id] as string, text.slice(start, end)]);
}

describe("pieces of a text", () => {
  test("the longest piece first, then those that go on a word", () => {
    expect(quotes("Feverish, no")).toEqual([
      ["fever", "Fever"],
      ["##ish", "ish"],
      [",", ","],
      ["no", "no"],
    ]);
  });

  test("a word that cannot be spelled is unknown as a whole", () => {
    expect(quotes("feverx no")).toEqual([
      ["[UNK]", "feverx"],
      ["no", "no"],
    ]);
  });

  test("a Han character is a word, unless the encoder says otherwise", () => {
    expect(quotes("no痛a")).toEqual([
      ["no", "no"],
      ["痛", "痛"],
      ["a", "a"],
    ]);
    expect(quotes("no痛a", { splitHan: false })).toEqual([["[UNK]", "no痛a"]]);
  });

  test("accents go, also those written as a mark of their own, and places stay those of the text", () => {
    expect(quotes("Café no")[0]).toEqual(["cafe", "Café"]);
    expect(quotes("cafe\u0301 no")).toEqual([
      ["cafe", "cafe"],
      ["no", "no"],
    ]);
    expect(quotes("café", { stripAccents: false })).toEqual([["[UNK]", "café"]]);
  });

  test("case counts where the encoder keeps it", () => {
    expect(quotes("Fever", { lowercase: false, stripAccents: false })).toEqual([["[UNK]", "Fever"]]);
  });

  test("control characters vanish inside a word, and space of any kind ends one", () => {
    expect(quotes("fev\u200Ber\u00A0no")).toEqual([
      ["fever", "fev\u200Ber"],
      ["no", "no"],
    ]);
  });

  test("characters beyond the first plane count two units", () => {
    expect(quotes("\u{1F48A} no")).toEqual([
      ["[UNK]", "\u{1F48A}"],
      ["no", "no"],
    ]);
  });

  test("a word beyond the limit is unknown", () => {
    expect(quotes("aaaa", { longestWord: 3 })).toEqual([["[UNK]", "aaaa"]]);
    expect(quotes("aaa", { longestWord: 3 })).toHaveLength(3);
  });

  test("a vocabulary without its special pieces is refused", () => {
    expect(() => createWordPiece({ ...facts, first: "[BOS]" })).toThrow(RangeError);
  });

  test("places are in order, inside the text, never empty and never on half a character", () => {
    const letters = fc.constantFrom(..."feverish no,痛\u{1F48A}é\u0301\u200B\n患\u{20000}\uD800");
    fc.assert(
      fc.property(
        fc.array(letters).map((some) => some.join("")),
        (text) => {
          const borders = new Set([0]);
          let at = 0;
          for (const character of text) {
            at += character.length;
            borders.add(at);
          }
          let before = 0;
          for (const { start, end } of createWordPiece(facts).tokenize(text)) {
            expect(start).toBeGreaterThanOrEqual(before);
            expect(end).toBeGreaterThan(start);
            expect(borders.has(start) && borders.has(end)).toBe(true);
            before = end;
          }
        },
      ),
    );
  });
});
