import type { Mention } from "../entity/entity.ts";

/** Marks that separate mentions and never begin or end one. */
const SEPARATORS = "[\\s,;:，、；：。]";
const LEADING = new RegExp(`^(?:${SEPARATORS}|[.•·*–—-](?=\\s))+`, "u");
const TRAILING = new RegExp(`${SEPARATORS}+$`, "u");
/** A full stop inside, but no decimal point: the one at the end then belongs to the mention, as in "q.12 h.". */
const ABBREVIATED = /(?<!\d)\.(?=.)|\.(?=\D)/su;
/** A value or a date does not go on behind a comma with a small letter: "16, oxygen saturation", "day 3, her". */
const GOES_ON = /[,，]\s*\p{Ll}/u;
const values: ReadonlySet<string> = new Set(["Lab_value", "Date"]);

/**
 * The mention without what no mention holds at its ends, whatever the model's tags enclose: separators, the full
 * stop of its sentence, a bracket without its partner; and a value or date cut where the next clause begins. A mention
 * of nothing but such marks stays as it is.
 */
export function tidyMention(text: string, mention: Mention): Mention {
  const words = text.slice(mention.start, mention.end);
  const lead = LEADING.exec(words)?.[0].length ?? 0;
  let end = words.length;
  if (values.has(mention.type)) {
    const clause = GOES_ON.exec(words.slice(lead));
    if (clause !== null) end = lead + clause.index;
  }
  for (let shorter = withoutTail(words.slice(lead, end)); lead + shorter < end; ) {
    end = lead + shorter;
    shorter = withoutTail(words.slice(lead, end));
  }
  if (end <= lead) return mention;
  return { ...mention, start: mention.start + lead, end: mention.start + end };
}

/** How long `words` are without one mark, or run of separators, at the end. */
function withoutTail(words: string): number {
  const tail = TRAILING.exec(words);
  if (tail !== null) return tail.index;
  if (words.endsWith(".") && !ABBREVIATED.test(words)) return words.length - 1;
  if (/[)）\]]$/u.test(words) && !/[(（[]/u.test(words)) return words.length - 1;
  return words.length;
}
