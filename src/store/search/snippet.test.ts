import fc from "fast-check";
import { expect, test } from "vitest";
import { makeSnippet } from "./snippet.ts";
import { searchTerms } from "./words.ts";

function found(text: string, query: string): string[] {
  return makeSnippet(text, searchTerms(query)).found.map(({ start, end }) => text.slice(start, end));
}

test("words are found by their beginning, whatever their case, accents or width", () => {
  expect(found("Naïve patient; NAIVELY ＮＡＩＶＥ, not anaive.", "naive")).toEqual([
    "Naïve",
    "NAIVELY",
    "ＮＡＩＶＥ",
  ]);
});

test("Han words are found inside runs, the longest at each place", () => {
  expect(found("患者胸痛，胸水，痛", "胸痛 胸")).toEqual(["胸痛", "胸"]);
  expect(found("患者胸痛胸痛", "胸痛")).toEqual(["胸痛", "胸痛"]);
});

test("a single letter is a whole word", () => {
  expect(found("a vitamin a and ab", "a")).toEqual(["a", "a"]);
});

test("the stretch lies around the first word, and whole characters stand at its edges", () => {
  const text = `${"🫀".repeat(500)} dyspnoea ${"🫁".repeat(500)}`;
  const { snippet, found } = makeSnippet(text, searchTerms("dyspnoea"));
  expect(found).toEqual([{ start: 1001, end: 1009 }]);
  expect(snippet.text.isWellFormed()).toBe(true);
  expect(snippet.start).toBeLessThan(1001);
  expect(snippet.text.length).toBeLessThan(300);
});

test("where only the name matched, the note's beginning is shown", () => {
  expect(makeSnippet("Chest pain.", searchTerms("adm"))).toEqual({
    snippet: { start: 0, text: "Chest pain." },
    found: [],
  });
});

test("a snippet is a slice of the note, and what was found lies inside it", () => {
  const word = fc.constantFrom("pain", "胸痛", "两天", "🫀", "\r\n", "e\u0301tat", " ", "x");
  fc.assert(
    fc.property(fc.array(word, { maxLength: 200 }), word, (words, query) => {
      const text = words.join("");
      const { snippet, found } = makeSnippet(text, searchTerms(query));
      const end = snippet.start + snippet.text.length;
      expect(text.slice(snippet.start, end)).toBe(snippet.text);
      for (const span of found) {
        expect(span.start).toBeGreaterThanOrEqual(snippet.start);
        expect(span.end).toBeLessThanOrEqual(end);
      }
    }),
  );
});
