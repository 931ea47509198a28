import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readOnnxMetadata } from "./onnxMetadata.ts";

const bytes = readFileSync("test/fixtures/encoder-tiny.onnx");

describe("the named texts of an ONNX file", () => {
  test("are found behind the weights", () => {
    expect(JSON.parse(readOnnxMetadata(bytes).get("notegrain.encoder") ?? "")).toMatchObject({
      format: "notegrain/encoder@1",
      name: "tiny",
      dimension: 8,
    });
  });

  test("a file that is cut off anywhere is refused, or lacks what stood at its end", () => {
    for (let length = 0; length < bytes.length; length += 97) {
      const part = bytes.subarray(0, length);
      try {
        expect(readOnnxMetadata(part).has("notegrain.encoder")).toBe(false);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }
  });

  test("another kind of file is refused", () => {
    expect(() => readOnnxMetadata(Buffer.from("GGUF\u0003 and more"))).toThrow(RangeError);
    expect(() => readOnnxMetadata(new Uint8Array(64))).toThrow(RangeError);
    expect(() => readOnnxMetadata(new Uint8Array(64).fill(0xff))).toThrow(RangeError);
  });
});
