import fc from "fast-check";
import { expect, test } from "vitest";
import { plant } from "../../../test/oracles/plant.ts";
import { alignments, indexOccurrences } from "./occurrences.ts";

/** Mention, and the text with every place planted, its alignment as the mark. */
const planted: [string, string][] = [
  ["pain", "⟦pain|exact⟧ in the chest, ⟦pain|exact⟧ in the arm, painful, no ⟦Pain|case-folded⟧"],
  ["MI", "family with ⟦MI|exact⟧, MIX, ⟦mi|case-folded⟧"],
  ["5", "25 mg or ⟦5|exact⟧ mg, and ⟦5|exact⟧-fold"],
  ["chest pain", "⟦chest\r\n  pain|white-space-normalised⟧ and ⟦Chest pain|case-folded⟧ and chest-pain"],
  ["25 mg", "⟦25mg|white-space-normalised⟧ or ⟦25 mg|exact⟧ or 125 mg"],
  ["胸痛", "患者⟦胸痛|exact⟧2天，无⟦胸 痛|white-space-normalised⟧，胸闷"],
  ["（左侧）", "⟦（左侧）|exact⟧与⟦(左侧)|case-folded⟧"],
  ["𠮷", "𠮶⟦𠮷|exact⟧⟦𠮷|exact⟧野"],
  ["🩺", "a ⟦🩺|exact⟧ b"],
  ["café", "⟦cafe\u0301|case-folded⟧, ⟦Café|case-folded⟧, cafe"],
  ["  pain \n", "no ⟦pain|exact⟧"],
  ["fever", "no chills"],
  ["long mention that runs on past the end", "a long mention"],
  ["", "nothing"],
  [" ", "a b"],
];

test.each(planted)("%j stands where it was planted", (mention, marked) => {
  const { text, mentions } = plant(marked);
  expect(indexOccurrences(text).find(mention)).toEqual(
    mentions.map(({ start, end, type }) => ({ start, end, alignment: type })),
  );
});

test("places that overlap are all found", () => {
  expect(indexOccurrences("咳咳咳").find("咳咳")).toEqual([
    { start: 0, end: 2, alignment: "exact" },
    { start: 1, end: 3, alignment: "exact" },
  ]);
});

test("whatever stretch of whole pieces is asked for is found where it stands, word by word", () => {
  const words = fc.array(fc.constantFrom("pain", "Pain", "胸", "𠮷", " ", "\n", "5", "-", "🩺"), {
    minLength: 1,
  });
  fc.assert(
    fc.property(words, words, words, (before, mention, after) => {
      const [a, m, z] = [before.join(""), mention.join(""), after.join("")];
      fc.pre(m.trim() === m && m !== "");
      const text = `${a} ${m} ${z}`;
      const start = a.length + 1;
      const found = indexOccurrences(text).find(m);
      expect(found).toContainEqual({ start, end: start + m.length, alignment: "exact" });
      for (const { start: from, end, alignment } of found) {
        const bare = (all: string): string => all.replace(/\s/g, "").toLowerCase();
        expect(bare(text.slice(from, end))).toBe(bare(m));
        expect(alignments).toContain(alignment);
        expect(alignment === "exact").toBe(text.slice(from, end) === m);
      }
    }),
  );
});
