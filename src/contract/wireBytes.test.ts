import fc from "fast-check";
import { expect, test } from "vitest";
import { packMessage, unpacker } from "./wireBytes.ts";

/** Sends messages as frames and answers with what arrives. */
function sent(messages: readonly unknown[]): unknown[] {
  const arrived: unknown[] = [];
  const take = unpacker((message) => arrived.push(message));
  for (const message of messages) {
    const { text, blobs } = packMessage(message);
    for (const frame of [text, ...blobs]) take(frame);
  }
  return arrived;
}

const file = fc.record({ name: fc.string(), bytes: fc.uint8Array() });
const message = fc.record({
  kind: fc.constant("request"),
  id: fc.nat(),
  request: fc.oneof(
    fc.record({ files: fc.array(file) }),
    fc.string(),
    fc.constant(null),
    fc.record({
      a: fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
    }),
  ),
});

test("whatever is sent arrives as it was, in its order, bytes included", () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 5 }), (messages) => {
      expect(sent(messages)).toEqual(messages);
    }),
  );
});

test("the bytes go beside the JSON, not inside it", () => {
  const bytes = Uint8Array.from([1, 2, 3]);
  expect(packMessage({ files: [{ bytes }] })).toEqual({
    text: '1 {"files":[{"bytes":{"$bytes":0}}]}',
    blobs: [bytes],
  });
});

test("words that look like a place for bytes are words", () => {
  expect(sent([{ keys: { $bytes: "0" } }])).toEqual([{ keys: { $bytes: "0" } }]);
});

test.each<[string, (string | Uint8Array)[]]>([
  ["bytes that nobody announced", [new Uint8Array(1)]],
  ["a message where bytes were announced", ["1 {}", "0 {}"]],
  ["a frame without a number", ["{}"]],
  ["a negative number", ["-1 {}"]],
  ["JSON that ends early", ['0 {"a":']],
])("%s is an error, not a message", (_, frames) => {
  const arrived: unknown[] = [];
  const take = unpacker((one) => arrived.push(one));
  expect(() => frames.forEach(take)).toThrow(/frame|JSON/);
  expect(arrived).toEqual([]);
});
