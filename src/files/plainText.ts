import { decodeText } from "./decodeText.ts";
import type { FormatReader } from "./formatReader.ts";

/** Notes that are text as they are; the marks of Markdown stay in it. */
export const plainTextReader: FormatReader = {
  extensions: [".txt", ".text", ".md", ".markdown", ".note", ".notes"],
  toText: decodeText,
};
