import { expect, test } from "vitest";
import { tinyGguf } from "../../test/support/tinyGguf.ts";
import { valueTypes } from "./ggufValueTypes.ts";

const header = tinyGguf(
  {
    "a.text": "adapter.lora.alpha",
    "b.list": ["one", "two"],
    "c.numbers": [1, 2],
    "d.whole": 16,
    "e.part": 0.5,
  },
  [],
);

test("each value has its type, whatever stands between them", () => {
  expect([...valueTypes(header)]).toEqual([
    ["a.text", 8],
    ["b.list", 9],
    ["c.numbers", 9],
    ["d.whole", 4],
    ["e.part", 6],
  ]);
});

test("a header that is not whole, or has a type that nobody knows, is no header", () => {
  expect(() => valueTypes(header.subarray(0, 60))).toThrow(RangeError);
  const unknown = Buffer.from(header);
  unknown.writeUInt32LE(77, 24 + 8 + "a.text".length);
  expect(() => valueTypes(unknown)).toThrow(RangeError);
});
