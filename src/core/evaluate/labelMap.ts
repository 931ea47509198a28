import { NotegrainError } from "../errors.ts";
import type { GoldDocument, TypedSpan } from "./gold.ts";
import { goldMentions } from "./readBrat.ts";

/** Gold label → our type. MACCROBAT's `Time` counts as `Date` unless a map says otherwise. */
export type LabelMap = ReadonlyMap<string, string>;

const byDefault: LabelMap = new Map([["Time", "Date"]]);

/**
 * Reads `--map Gold=Ours,…` on top of the default.
 * @throws NG-USAGE where a part is not of that form
 */
export function parseLabelMap(words: string): LabelMap {
  const map = new Map(byDefault);
  for (const part of words.split(",").filter((text) => text.trim() !== "")) {
    const [gold = "", ours = "", ...rest] = part.split("=").map((side) => side.trim());
    if (gold === "" || ours === "" || rest.length > 0) {
      throw new NotegrainError("NG-USAGE", { detail: `--map wants Gold=Ours, and "${part.trim()}" is not.` });
    }
    map.set(gold, ours);
  }
  return map;
}

/** The document under our types; labels that the map does not name keep theirs. */
export function mapLabels(document: GoldDocument, map: LabelMap = byDefault): GoldDocument {
  const nameOf = (label: string): string => map.get(label) ?? label;
  const mapped = <Mention extends TypedSpan>(mention: Mention): Mention => ({
    ...mention,
    type: nameOf(mention.type),
  });
  const { discontinuous, readFor } = document;
  return {
    ...document,
    mentions: goldMentions(document.mentions.map(mapped), document.text),
    ...(discontinuous && { discontinuous: discontinuous.map(mapped) }),
    ...(readFor && { readFor: [...new Set(readFor.map(nameOf))] }),
  };
}
