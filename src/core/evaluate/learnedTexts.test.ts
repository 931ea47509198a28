import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { textMark, withoutLearned } from "./learnedTexts.ts";

/** Read by training/tests/test_learned.py too. */
const { marks } = JSON.parse(
  readFileSync(new URL("../../../test/fixtures/learned-texts.json", import.meta.url), "utf8"),
) as { readonly marks: readonly { readonly mark: string; readonly texts: readonly string[] }[] };

const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const gold = ["Fever.", "患者发热。\n", "No\r\ncough."].map((text, i) => ({
  name: `n${i}`,
  text,
  mentions: [],
}));
const learned = (...texts: string[]) => new Set(texts.map((text) => textMark(text, hash)));
const left = (...systems: Parameters<typeof withoutLearned>[1]) => {
  const { gold: kept, ...rest } = withoutLearned(gold, systems, hash);
  return { gold: kept.map(({ name }) => name), ...rest };
};

test.each(marks)(
  "a text has the mark that training/ gives it, however it is broken into lines: $mark",
  ({ mark, texts }) => {
    for (const text of texts) expect(textMark(text, hash)).toBe(mark);
  },
);

describe("what a system learned is left out", () => {
  test("for all systems alike, and told of each", () => {
    expect(left([learned("Fever.")], [learned("Fever.", "no other")], [learned("患者\r\n发热。")])).toEqual({
      gold: ["n2"],
      leftOut: ["n0", "n1"],
      learned: [1, 1, 1],
    });
  });

  test("whichever of its files learned it, also beside one that does not say", () => {
    expect(left([learned("Fever."), learned("No cough."), null])).toEqual({
      gold: ["n1"],
      leftOut: ["n0", "n2"],
      learned: [2],
    });
  });

  test("and nothing else is; none learned is told apart from not known", () => {
    const nothing = { gold: ["n0", "n1", "n2"], leftOut: [] };
    expect(left([new Set()], [null], [new Set(), null])).toEqual({ ...nothing, learned: [0, null, null] });
    expect(withoutLearned([], [[learned("Fever.")]], hash)).toEqual({ gold: [], leftOut: [], learned: [0] });
  });

  test("unless nothing were left", () => {
    const all = gold.map(({ text }) => text);
    expect(() => left([learned(...all.slice(1))], [learned(...all.slice(0, 1))])).toThrow(
      expect.objectContaining({ code: "NG-LEARNED", params: { count: 3 } }),
    );
  });
});
