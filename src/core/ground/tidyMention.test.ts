import fc from "fast-check";
import { expect, test } from "vitest";
import { tidyMention } from "./tidyMention.ts";

/** What is left of a mention of `type` that stands between ⟦ and ⟧. */
function tidied(marked: string, type = "Sign_symptom"): string {
  const start = marked.indexOf("⟦");
  const end = marked.indexOf("⟧") - 1;
  const text = marked.replace(/[⟦⟧]/g, "");
  const tidy = tidyMention(text, { start, end, type, confidence: 0.5 });
  expect(tidy).toMatchObject({ type, confidence: 0.5 });
  return text.slice(tidy.start, tidy.end);
}

test.each([
  ["⟦fever,⟧ chills", "fever"],
  ["⟦fever ;⟧ chills", "fever"],
  ["⟦: cough⟧", "cough"],
  ["⟦- cough⟧", "cough"],
  ["weight ⟦72 kg.⟧", "72 kg"],
  ["pulse ⟦72.⟧ General", "72"],
  ["dose ⟦1.5 mg.⟧", "1.5 mg"],
  ["takes it ⟦p.o.⟧ daily", "p.o."],
  ["⟦q.12 h.⟧ for a week", "q.12 h."],
  ["at ⟦1:45 p.m.⟧", "1:45 p.m."],
  ["(for ⟦cough)⟧ today", "cough"],
  ["⟦heart failure (NYHA II)⟧", "heart failure (NYHA II)"],
  ["(⟦EF 40%).⟧", "EF 40%"],
  ["⟦发热，⟧咳嗽。", "发热"],
  ["⟦-0.5⟧", "-0.5"],
  ["⟦…⟧", "…"],
  ["⟦.,⟧", ".,"],
])("%s", (marked, expected) => {
  expect(tidied(marked)).toBe(expected);
});

test.each([
  ["Lab_value", "pulse ⟦91, respirations⟧ 16", "91"],
  ["Lab_value", "⟦1,200 mL⟧", "1,200 mL"],
  ["Date", "on ⟦day 3, her⟧ fever fell", "day 3"],
  ["Date", "⟦Monday, March 5⟧", "Monday, March 5"],
  ["History", "⟦smoked for years, now quit⟧", "smoked for years, now quit"],
])("a value or date ends with its clause: %s %s", (type, marked, expected) => {
  expect(tidied(marked, type)).toBe(expected);
});

test("never grows, never becomes empty, and a second time changes nothing", () => {
  const words = fc.array(
    fc.constantFrom("a", "B", "7", " ", ".", ",", ":", "-", "(", ")", "，", "\n", "的"),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(words, words, fc.constantFrom("Lab_value", "History"), (before, inside, type) => {
      const text = [...before, ...inside, "x"].join("");
      const mention = { start: before.length, end: before.length + inside.length, type, confidence: null };
      const tidy = tidyMention(text, mention);
      expect(tidy.start).toBeGreaterThanOrEqual(mention.start);
      expect(tidy.end).toBeLessThanOrEqual(mention.end);
      expect(tidy.end).toBeGreaterThan(tidy.start);
      expect(tidyMention(text, tidy)).toEqual(tidy);
    }),
  );
});
