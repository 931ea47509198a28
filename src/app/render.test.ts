import { describe, expect, test } from "vitest";
import { chineseNote, englishNote } from "../../test/oracles/notes.ts";
import { type Format, formats, renderFiles, renderStream } from "./render.ts";

const options = { withText: false };
const notes = [englishNote(), chineseNote()];

function stream(format: Exclude<Format, "brat" | "html">, many: boolean, taken = notes): string {
  const renderer = renderStream(format, many, options);
  return renderer.head + taken.map((note) => renderer.each(note)).join("") + renderer.tail();
}

test("every format gives files that end in a line end and have different names", () => {
  for (const format of formats) {
    const files = renderFiles(format, englishNote(), options);
    // brat's .txt is the note itself, byte for byte.
    const own = files.filter(({ extension }) => extension !== ".txt");
    expect(own.every(({ content }) => content.endsWith("\n"))).toBe(true);
    expect(new Set(files.map(({ extension }) => extension)).size).toBe(files.length);
  }
});

describe("on one stream", () => {
  test("JSON is an object for one input, else an array, also when nothing came of it", () => {
    expect(JSON.parse(stream("json", false, notes.slice(0, 1))).schema).toBe("notegrain/extraction@1");
    expect(JSON.parse(stream("json", true))).toHaveLength(2);
    expect(JSON.parse(stream("json", true, notes.slice(0, 1)))).toHaveLength(1);
    expect(JSON.parse(stream("json", true, []))).toEqual([]);
  });

  test("CSV has one header", () => {
    expect(stream("csv", true).match(/start_code_point/g)).toHaveLength(1);
  });

  test("FHIR is a bundle for one input, else one a line", () => {
    expect(JSON.parse(stream("fhir", false, notes.slice(0, 1))).resourceType).toBe("Bundle");
    const lines = stream("fhir", true).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).resourceType)).toEqual(["Bundle", "Bundle"]);
  });

  test("JSON Lines has a line a note", () => {
    expect(stream("jsonl", true).trimEnd().split("\n")).toHaveLength(2);
  });
});
