import { expect, test } from "vitest";
import { NotegrainError } from "../errors.ts";
import { mapLabels } from "./labelMap.ts";
import { readBrat, readBratDocument } from "./readBrat.ts";

const text = "🩺 Hepatitis A, B and C.\r\nNo rash.";

test("only text-bound lines count, whatever else stands in the file, with CRLF too", () => {
  const ann = [
    "T1\tDisease_disorder 2 13\tHepatitis A",
    "E1\tDisease_disorder:T1 ",
    "R1\tMODIFY Arg1:E1 Arg2:T2",
    "*\tOVERLAP E1 E2",
    "A1\tNegated T2",
    "N1\tReference T1 MeSH:D1\tname",
    "#1\tAnnotatorNotes T1\tunsure",
    "T2\tSign symptom 28 32\trash",
    "",
  ].join("\r\n");
  expect(readBrat(ann, text, "a.ann")).toEqual([
    { id: "T1", type: "Disease_disorder", start: 3, end: 14, fragments: null },
    { id: "T2", type: "Sign symptom", start: 29, end: 33, fragments: null },
  ]);
});

test("parts apart stay parts, in the order of the text", () => {
  expect(readBrat("T1\tDisease_disorder 21 22;2 11\tHepatitis C", text, "a.ann")).toEqual([
    {
      id: "T1",
      type: "Disease_disorder",
      start: 3,
      end: 23,
      fragments: [
        { start: 3, end: 12 },
        { start: 22, end: 23 },
      ],
    },
  ]);
});

test("as gold, a parted mention is its outer span, white space at the ends is off, and nothing stands twice", () => {
  const ann =
    "T3\tSign_symptom 27 32\t rash\nT1\tX 2 11;21 22\tHepatitis C\nT2\tX 2 22\tHepatitis A, B and C\n";
  expect(readBratDocument("a", text, ann).mentions).toEqual([
    { start: 3, end: 23, type: "X" },
    { start: 29, end: 33, type: "Sign_symptom" },
  ]);
});

test("as gold, mentions in parts are listed apart too, under the mapped label", () => {
  const gold = readBratDocument("a", text, "T1\tTime 2 11;21 22\tHepatitis C\nT2\tX 28 32\trash\n");
  const discontinuous = [
    { start: 3, end: 23, type: "Time", fragments: [{ start: 3, end: 12 }, { start: 22, end: 23 }] },
  ]; // biome-ignore format: one line reads best
  expect(gold.discontinuous).toEqual(discontinuous);
  expect(mapLabels(gold).discontinuous?.map(({ type }) => type)).toEqual(["Date"]);
});

test.each([
  ["T1\tX 2\tHepatitis", { reason: "GOLD-NOT-TEXT-BOUND", line: 1 }],
  ["\nT1\tX 2 400\tHepatitis", { reason: "GOLD-OFFSETS", line: 2, start: 2, end: 400 }],
  ["T1\tX 5 5\t", { reason: "GOLD-OFFSETS", line: 1, start: 5, end: 5 }],
  ["T1\tX 3 14\tHepatitis A", { reason: "GOLD-SLIPS", slips: 1, spans: 1 }],
])("%j is refused, without the words of the note", (ann, params) => {
  const read = () => readBrat(ann, text, "a.ann");
  expect(read).toThrow(NotegrainError);
  expect(read).toThrow(expect.objectContaining({ code: "NG-GOLD", params: { name: "a.ann", ...params } }));
});

test("a slip of a hand in a long file does not cost the file: the offsets count", () => {
  const lines = Array.from({ length: 39 }, (_, i) => `T${i + 1}\tX 2 13\tHepatitis A`);
  const ann = [...lines, "T40\tX 28 32\trsh"].join("\n");
  const last = { id: "T40", type: "X", start: 29, end: 33, fragments: null, isSlip: true };
  expect(readBrat(ann, text, "a.ann").at(-1)).toEqual(last);
  expect(readBratDocument("a", text, ann).slips).toEqual([{ start: 29, end: 33 }]);
  expect(readBratDocument("a", text, lines.join("\n"))).not.toHaveProperty("slips");
});
