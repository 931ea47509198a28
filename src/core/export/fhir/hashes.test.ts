import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { base64 } from "./base64.ts";
import { sha1 } from "./sha1.ts";
import { utf8 } from "./utf8.ts";
import { uuidOf } from "./uuid.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

// The examples of FIPS 180 and of RFC 3174.
test.each([
  ["", "da39a3ee5e6b4b0d3255bfef95601890afd80709"],
  ["abc", "a9993e364706816aba3e25717850c26c9cd0d89d"],
  ["abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"],
  ["a".repeat(1_000_000), "34aa973cd4c4daa4f61eeb2bdbad27316534016f"],
])("SHA-1 of %.10s…", (message, digest) => {
  expect(hex(sha1(utf8(message)))).toBe(digest);
});

test("SHA-1 and base64 agree with the platform's on any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(hex(sha1(bytes))).toBe(createHash("sha1").update(bytes).digest("hex"));
      expect(base64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
    }),
  );
});

test("UTF-8 agrees with the platform's on any text, lone surrogates included", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }), (text) => {
      expect(hex(utf8(text))).toBe(hex(new TextEncoder().encode(text)));
    }),
  );
  expect(hex(utf8("é胸🩺"))).toBe("c3a9e883b8f09fa9ba");
});

test("UUIDs are of version 5, the same for one name and different for two", () => {
  expect(uuidOf("a")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(uuidOf("a")).toBe(uuidOf("a"));
  expect(uuidOf("a")).not.toBe(uuidOf("b"));
});
