import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CaseRow } from "#contract/records.ts";
import { readingFact } from "./caseFacts.ts";
import { dayGroup } from "./caseGroups.ts";
import { type CasePages, indexOfCase, pageRows, pagesFor, rowAt } from "./casePages.ts";
import { selectRange } from "./selection.ts";
import { shownSnippet } from "./shownSnippet.ts";

const row = (index: number) => ({ id: `case-${index}` }) as CaseRow;
const page = (number: number) =>
  Array.from({ length: pageRows }, (_, index) => row(number * pageRows + index));
const known: CasePages = {
  total: 1000,
  pages: new Map([
    [0, page(0)],
    [7, page(7)],
  ]),
};

describe("the pages of the list", () => {
  it("find a row by its place and a case by its id", () => {
    expect(rowAt(known, 3)?.id).toBe("case-3");
    expect(rowAt(known, 7 * pageRows + 99)?.id).toBe(`case-${7 * pageRows + 99}`);
    expect(rowAt(known, pageRows)).toBeUndefined();
    expect(indexOfCase(known, "case-742")).toBe(742);
    expect(indexOfCase(known, "case-200")).toBe(-1);
  });

  it("cover every row on screen and no more", () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(60), (first, rows) => {
        const pages = pagesFor(first, first + rows);
        expect(pages[0]).toBe(Math.floor(first / pageRows));
        expect(pages.at(-1)).toBe(Math.floor((first + rows) / pageRows));
        expect(pages.length).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe("selectRange", () => {
  it("turns one case on and off", () => {
    const one = selectRange(new Set(), known, null, "case-4");
    expect([...one]).toEqual(["case-4"]);
    expect(selectRange(one, known, null, "case-4").size).toBe(0);
  });

  it("takes what lies between, in either direction, and keeps the rest", () => {
    const down = selectRange(new Set(["case-90"]), known, "case-2", "case-5");
    expect([...down].sort()).toEqual(["case-2", "case-3", "case-4", "case-5", "case-90"]);
    expect(selectRange(new Set(), known, "case-5", "case-2").size).toBe(4);
  });

  it("selects alone when the other end is not known any more", () => {
    expect([...selectRange(new Set(), known, "case-200", "case-5")]).toEqual(["case-5"]);
  });
});

describe("dayGroup", () => {
  const now = new Date(2026, 2, 30, 0, 30);
  it.each([
    [new Date(2026, 2, 30, 0, 1), "today"],
    [new Date(2026, 2, 29, 23, 59), "yesterday"],
    [new Date(2026, 2, 28, 23, 59), "week"],
    [new Date(2026, 2, 24), "week"],
    [new Date(2026, 2, 23, 23, 59), "month"],
    [new Date(2026, 1, 27), "earlier"],
    [new Date(2026, 3, 2), "today"],
  ])("puts %s under %s", (date, group) => {
    expect(dayGroup(date.toISOString(), now)).toBe(group);
  });
});

it("says how far the reading is, and keeps what an earlier run found", () => {
  expect(readingFact({ status: "none", entities: 0 })).toBe("cases:reading.none");
  expect(readingFact({ status: "running", entities: 9 })).toBe("cases:reading.running");
  expect(readingFact({ status: "done", entities: 0 })).toBe("cases:found");
  expect(readingFact({ status: "failed", entities: 0 })).toBe("cases:reading.failed");
  expect(readingFact({ status: "failed", entities: 4 })).toBe("cases:found");
});

describe("shownSnippet", () => {
  const of = (text: string, words: string) => {
    const start = text.indexOf(words);
    return shownSnippet({ text, start, end: start + words.length });
  };

  it("keeps the match near the front and cuts at a word", () => {
    const { before, hit, after } = of(
      "o was admitted through the emergency department on 12 March 2024 with",
      "2024",
    );
    expect(before).toBe("… department on 12 March ");
    expect(hit).toBe("2024");
    expect(after).toBe(" with");
  });

  it("leaves a short beginning as it is", () => {
    expect(of("Came with chest pain.", "chest").before).toBe("Came with ");
  });

  it("never begins with half a character", () => {
    const { before } = of(`${"\u{20000}".repeat(30)}x`, "x");
    expect(before.isWellFormed()).toBe(true);
    expect(of(`${"胸".repeat(29)}a\u{20000}${"痛".repeat(23)}x`, "x").before.isWellFormed()).toBe(true);
  });
});
