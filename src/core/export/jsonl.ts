import type { Extraction } from "../entity/extraction.ts";
import { type JsonOptions, toJson } from "./json.ts";

/** One extraction as one line that ends in "\n". Many notes are many such lines. */
export function toJsonLine(extraction: Extraction, options: JsonOptions = {}): string {
  const json = JSON.stringify(toJson(extraction, options));
  // JSON allows these three unescaped, yet readers that split at every Unicode line end would break there.
  const line = json.replace(/[\u0085\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return `${line}\n`;
}
