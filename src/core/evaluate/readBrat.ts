import { indexCodePoints } from "../document/codePoints.ts";
import { compareSpans, type Span } from "../document/span.ts";
import { type ErrorParams, NotegrainError } from "../errors.ts";
import { LINE_ENDS } from "../text/lineEnds.ts";
import type { DiscontinuousSpan, GoldDocument, TypedSpan } from "./gold.ts";

/** A text-bound annotation as it stands in an .ann file, in UTF-16 offsets. */
export type BratMention = TypedSpan & {
  /** "T1", "T2", … */
  readonly id: string;
  /** The parts of a discontinuous mention; null where it is one stretch, also one that was split at a line end. */
  readonly fragments: readonly Span[] | null;
  /** Where the file has other words beside the offsets than the text. */
  readonly isSlip?: true;
};

const TEXT_BOUND = /^(T\S+)\t(.+?) (\d+ \d+(?:;\d+ \d+)*)(?:\t(.*))?$/;

/** Of a file's spans, the share that may disagree with their words: slips of a hand, not offsets of another unit. */
const SLIPS = 0.05;

/**
 * The `T` lines of a brat .ann file, in file order; events, relations, attributes and notes are passed over. Offsets in
 * the file are code points into `text`, and they count where the words beside them differ.
 * @throws NG-GOLD where a line is malformed or leaves the text, or where more than a twentieth of the spans do not hold
 * their words
 * @param name what the error calls the file
 */
export function readBrat(ann: string, text: string, name: string): BratMention[] {
  const codePoints = indexCodePoints(text);
  const mentions = ann.split(/\r?\n/).flatMap((line, index): BratMention[] => {
    if (!line.startsWith("T")) return [];
    const fail = (reason: string, where: ErrorParams = {}): never => {
      throw new NotegrainError("NG-GOLD", { name, reason, line: index + 1, ...where });
    };
    const [, id = "", type = "", where = "", words] = TEXT_BOUND.exec(line) ?? fail("GOLD-NOT-TEXT-BOUND");
    const parts = where.split(";").map((pair) => {
      const [start = 0, end = 0] = pair.split(" ").map(Number);
      if (start >= end || end > codePoints.length) fail("GOLD-OFFSETS", { start, end });
      return { start: codePoints.toUtf16(start), end: codePoints.toUtf16(end) };
    });
    parts.sort(compareSpans);
    const slices = parts.map((part) => text.slice(part.start, part.end)).join(" ");
    const isSlip = words !== undefined && squeeze(words) !== squeeze(slices);
    const fragments = joinOverLineEnds(parts, text);
    const start = fragments[0]?.start ?? 0;
    const end = Math.max(...fragments.map((fragment) => fragment.end));
    const mention = { id, type, start, end, fragments: fragments.length > 1 ? fragments : null };
    return [isSlip ? { ...mention, isSlip } : mention];
  });
  const slips = mentions.filter((mention) => mention.isSlip).length;
  if (slips > mentions.length * SLIPS) {
    throw new NotegrainError("NG-GOLD", { name, reason: "GOLD-SLIPS", slips, spans: mentions.length });
  }
  return mentions;
}

/**
 * A brat document as gold: discontinuous mentions count as their outer span and are listed apart as well, white space at the ends is no part of
 * a mention.
 * @throws NG-GOLD as `readBrat`
 */
export function readBratDocument(name: string, text: string, ann: string): GoldDocument {
  const mentions = readBrat(ann, text, name);
  const slips = mentions.filter(({ isSlip }) => isSlip).map(({ start, end }) => ({ start, end }));
  return {
    name,
    text,
    mentions: goldMentions(mentions, text),
    discontinuous: inFragments(mentions),
    ...(slips.length > 0 && { slips }),
  };
}

function inFragments(mentions: readonly BratMention[]): DiscontinuousSpan[] {
  return mentions.flatMap(({ start, end, type, fragments }) =>
    fragments ? [{ start, end, type, fragments }] : [],
  );
}

/** Trimmed, in document order, each once. */
export function goldMentions(mentions: readonly TypedSpan[], text: string): TypedSpan[] {
  const unique = new Map<string, TypedSpan>();
  for (const { start, end, type } of mentions) {
    const words = text.slice(start, end);
    const first = start + words.length - words.trimStart().length;
    const last = first + words.trim().length;
    if (first < last) unique.set(`${first} ${last} ${type}`, { start: first, end: last, type });
  }
  return [...unique.values()].sort((a, b) => compareSpans(a, b) || (a.type < b.type ? -1 : 1));
}

function joinOverLineEnds(parts: readonly Span[], text: string): Span[] {
  const joined: Span[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last && text.slice(last.end, part.start).replace(LINE_ENDS, "") === "") {
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, part.end) };
    } else {
      joined.push(part);
    }
  }
  return joined;
}

/** Files hold a space where the text may hold a line end or several; only the characters in between must agree. */
function squeeze(words: string): string {
  return words.replace(/\s+/g, "");
}
