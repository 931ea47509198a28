import { expect, test } from "vitest";
import { replyNotices } from "./report.ts";

const reply = {
  start: 0,
  end: 5,
  text: "Ms Example has pain",
  isRepaired: false,
  isCutOff: false,
  isUnreadable: false,
  ungrounded: 0,
  unknownTypes: 0,
};

test("clean replies, and runs without any, need no word", () => {
  expect(replyNotices({}, "a.txt")).toEqual([]);
  expect(replyNotices({ replies: [reply] }, "a.txt")).toEqual([]);
});

test("what went wrong is told in numbers, never in words of the note", () => {
  const replies = [
    reply,
    { ...reply, isRepaired: true, ungrounded: 2 },
    { ...reply, isRepaired: true, isCutOff: true, unknownTypes: 1 },
    { ...reply, isRepaired: true, isUnreadable: true },
  ];
  expect(replyNotices({ replies }, "a.txt")).toEqual([
    expect.stringMatching(
      /^a\.txt: 1 of 4 replies of the model did not end and were cut\. .* \[NG-REPLY-CUT\]$/,
    ),
    "a.txt: of 4 replies 1 without a list, 2 repaired; what could be read is kept; mentions dropped: 2 not in the note, 1 of other types",
  ]);
  expect(replyNotices({ replies: [{ ...reply, ungrounded: 1 }] }, "a.txt")).toEqual([
    "a.txt: mentions dropped: 1 not in the note",
  ]);
});
