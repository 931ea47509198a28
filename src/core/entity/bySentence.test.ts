import { expect, test } from "vitest";
import { bySentence } from "./bySentence.ts";

const span = (start: number, end: number) => ({ start, end });

test("each sentence gets what starts in it, the outer span first", () => {
  const sentences = [span(0, 10), span(10, 20), span(22, 30)];
  const members = [span(8, 12), span(2, 5), span(2, 7), span(25, 26)];
  expect(bySentence(sentences, members)).toEqual([
    { span: span(0, 10), members: [span(2, 7), span(2, 5), span(8, 12)] },
    { span: span(10, 20), members: [] },
    { span: span(22, 30), members: [span(25, 26)] },
  ]);
});

test("what starts between two sentences, or after the last, is in none", () => {
  expect(
    bySentence([span(0, 10), span(12, 20)], [span(11, 14), span(40, 41)]).flatMap((s) => s.members),
  ).toEqual([]);
});

test("a stretch that is too long for a sentence comes in parts, which cover it", () => {
  const found = bySentence([span(5, 4_505)], [span(1_990, 2_010), span(4_500, 4_505)]);
  expect(found.map((part) => part.span)).toEqual([span(5, 2_005), span(2_005, 4_005), span(4_005, 4_505)]);
  expect(found.map((part) => part.members.length)).toEqual([1, 0, 1]);
});
