import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { FormatReader } from "./formatReader.ts";
import { MAX_BYTES, makeNoteReader } from "./noteReader.ts";
import { plainTextReader } from "./plainText.ts";

const reader = makeNoteReader();
const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, isBigEndian: boolean): Uint8Array {
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  return isBigEndian ? bytes.swap16() : bytes;
}

/** The code and parameters of the error that reading ends in. */
function failure(bytes: Uint8Array, name = "adm-17.txt", encoding?: string): unknown {
  try {
    return reader.read(bytes, name, encoding === undefined ? {} : { encoding });
  } catch (error) {
    return error;
  }
}

test("text is what the bytes say, line ends and all, and the hash is that of the bytes", () => {
  const bytes = utf8("Chest pain.\r\nTab\there \r 胸痛 🫀 e\u0301\n");
  expect(reader.read(bytes, "adm-17.txt")).toEqual({
    name: "adm-17.txt",
    text: "Chest pain.\r\nTab\there \r 胸痛 🫀 e\u0301\n",
    sha256: createHash("sha256").update(bytes).digest("hex"),
  });
});

test("any text comes back from UTF-8 and both kinds of UTF-16, without the byte order mark", () => {
  const text = fc.string({ unit: "grapheme" }).map((words) => `x${words}`.replaceAll("\0", ""));
  fc.assert(
    fc.property(text, (words) => {
      const forms = [utf8(words), utf8(`\ufeff${words}`), utf16(words, false), utf16(words, true)];
      expect(forms.map((bytes) => reader.read(bytes, "a.txt").text)).toEqual(forms.map(() => words));
    }),
  );
});

test.each([
  ["gb18030", [0xd0, 0xd8, 0xcd, 0xb4], "胸痛"],
  ["GBK", [0xd0, 0xd8, 0xcd, 0xb4], "胸痛"],
  ["big5", [0xaf, 0x68], "疲"],
  ["windows-1252", [0x46, 0xe9, 0x76, 0x80], "Fév€"],
  ["utf-16le", [0x41, 0x00, 0x42, 0x00], "AB"],
  ["utf-8", [0xef, 0xbb, 0xbf, 0x41], "A"],
])("the encoding %s is taken at its word", (encoding, bytes, text) => {
  expect(reader.read(Uint8Array.from(bytes), "a.txt", { encoding }).text).toBe(text);
});

test("an encoding that nobody knows is wrong usage", () => {
  expect(failure(utf8("Well."), "a.txt", "klingon")).toMatchObject({ code: "NG-USAGE" });
});

test.each([
  ["a stray byte", [0x41, 0xff, 0x42], undefined, "UTF-8"],
  ["Latin-1", [0x46, 0xe9, 0x76], undefined, "UTF-8"],
  ["a character cut off at the end", [0x41, 0xe8, 0x83], undefined, "UTF-8"],
  ["half a unit of UTF-16", [0xff, 0xfe, 0x41, 0x00, 0x42], undefined, "UTF-16LE"],
  ["half a pair of UTF-16", [0xfe, 0xff, 0xd8, 0x3e, 0x00, 0x41], undefined, "UTF-16BE"],
  ["what is no GB 18030", [0xff, 0xff, 0x41], "gb18030", "GB18030"],
])("%s is not mended but refused", (_, bytes, encoding, expected) => {
  expect(failure(Uint8Array.from(bytes), "adm-17.txt", encoding)).toMatchObject({
    code: "NG-ENCODING",
    params: { name: "adm-17.txt", encoding: expected },
  });
});

test.each([
  ["PDF", "%PDF-1.7\n1 0 obj"],
  ["RTF", "{\\rtf1\\ansi Chest pain}"],
  ["DOCX, ODT or ZIP", "PK\x03\x04\x14"],
  ["DOC, XLS or MSG", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
  ["PNG", "\x89PNG\r\n\x1a\n"],
  ["JPEG", "\xff\xd8\xff\xe0"],
  ["SQLite", "SQLite format 3\0"],
  ["GGUF", "GGUF\x03\0\0\0"],
  ["gzip", "\x1f\x8b\x08"],
  ["NUL", "Chest\0pain"],
])("%s is not text, whatever its extension says", (kind, start) => {
  const bytes = Uint8Array.from(start, (character) => character.charCodeAt(0));
  expect(failure(bytes)).toMatchObject({ code: "NG-BINARY", params: { name: "adm-17.txt", kind } });
});

test.each([
  ["no bytes", new Uint8Array()],
  ["white space of all kinds", utf8(" \t\r\n\u00a0\u3000\u2028\u0085")],
  ["a byte order mark alone", utf8("\ufeff")],
  ["a byte order mark of UTF-16 alone", utf16("", true)],
])("%s is an empty note", (_, bytes) => {
  expect(failure(bytes)).toMatchObject({ code: "NG-EMPTY", params: { name: "adm-17.txt" } });
});

test("a text of 5 MB is read whole", () => {
  const line = "Denies chest pain. 胸痛两天，伴气促。 🫀\r\n";
  const bytes = utf8(line.repeat(Math.ceil(5_000_000 / utf8(line).length)));
  const { text } = reader.read(bytes, "long.txt");
  expect(text.length).toBe((bytes.length / utf8(line).length) * line.length);
  expect(text.endsWith(line)).toBe(true);
});

test("what is larger than the limit is refused before it is decoded", () => {
  // A view of that length needs no memory as long as nobody touches it.
  expect(failure(new Uint8Array(MAX_BYTES + 1))).toMatchObject({
    code: "NG-TOO-LARGE",
    params: { name: "adm-17.txt", limit: "200 MB" },
  });
});

test("a reader is chosen by how the bytes begin, then by extension, else as plain text", () => {
  const shout: FormatReader = {
    extensions: [".shout"],
    recognizes: (bytes) => bytes[0] === 0x21,
    toText: (bytes) => new TextDecoder().decode(bytes).toUpperCase(),
  };
  const both = makeNoteReader([shout, plainTextReader]);
  const read = (text: string, name: string) => both.read(utf8(text), name).text;
  expect(both.extensions).toEqual([".shout", ...plainTextReader.extensions]);
  expect(read("!pain", "a.txt")).toBe("!PAIN");
  expect(read("pain", "a.SHOUT")).toBe("PAIN");
  expect(read("pain", "a.txt")).toBe("pain");
  expect(read("pain", "noextension")).toBe("pain");
});
