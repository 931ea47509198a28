import type { Abbreviations } from "./abbreviations.ts";

/** What stands around a run of end marks. UTF-16 offsets into the whole text. */
export type Stop = {
  /** The marks: ".", "?!", "...". */
  readonly marks: string;
  readonly start: number;
  /** After the marks and closing quotes or brackets. */
  readonly end: number;
};

/** Enough of the text before a dot to see the word that it belongs to. */
const LOOK_BACK = 24;

/** Whether an end mark of an English sentence ends it here. Line breaks and lists are decided elsewhere. */
export function endsSentence(text: string, stop: Stop, sentenceStart: number, words: Abbreviations): boolean {
  const after = text.slice(stop.end, stop.end + LOOK_BACK);
  const white = /^\s+/.exec(after)?.[0] ?? "";
  const next = after.slice(white.length);
  if (next === "") return true;
  // "abscesses., 2. Biopsy": transcripts put ".," where a line ended; before a small letter it is only a comma.
  if (text[stop.end - 1] === "," && !/^[\p{Lu}\d]/u.test(next)) return false;
  if (white === "") return endsGlued(text, stop, next, words);
  if (/[!?]/.test(stop.marks)) return stop.start > sentenceStart && !/\s/.test(text[stop.start - 1] ?? " ");
  if (stop.marks.length > 1) return /^[\p{Lu}\d"“(]/u.test(next);
  const before = text.slice(Math.max(sentenceStart, stop.start - LOOK_BACK), stop.start);
  return endsAfterWord(before, next, stop.start - sentenceStart, words);
}

/** The number of a list item whose mark ends at `dot`: "2" in "Asthma 2. Gout", or null. */
export function itemNumber(
  text: string,
  dot: number,
  sentenceStart: number,
): { number: number; start: number } | null {
  const digits = /(?<=^|[\s,:;])\d{1,2}$/.exec(text.slice(Math.max(sentenceStart, dot - 4), dot))?.[0];
  if (digits === undefined || !/^\.\s+\p{L}/u.test(text.slice(dot, dot + LOOK_BACK))) return null;
  return { number: Number(digits), start: dot - digits.length };
}

/** A dot without white space after it: "stable.The", "abscesses.,2. Biopsy", "condition.general medicine". */
function endsGlued(text: string, stop: Stop, next: string, words: Abbreviations): boolean {
  if (stop.marks !== ".") return /^\p{Lu}\p{Ll}/u.test(next);
  if (text[stop.end - 1] === ",") return true;
  const word = /\p{L}+$/u.exec(text.slice(Math.max(0, stop.start - LOOK_BACK), stop.start))?.[0] ?? "";
  if (word.length < 3 || !/\p{Ll}$/u.test(word) || isAbbreviation(word, words)) return false;
  return /^(?:\p{Lu}\p{L}*[\s,:]|\p{Ll}{3,}[\s,])/u.test(next);
}

function endsAfterWord(before: string, next: string, distance: number, words: Abbreviations): boolean {
  const token = /[\p{L}\p{N}.]+$/u.exec(before)?.[0] ?? "";
  const word = token.toLowerCase();
  // "A. Left knee": a letter that opens the sentence is the mark of a list item.
  if (/^[a-zA-Z]$|^[IVX]{1,4}$/.test(token) && token.length === distance) return false;
  if (words.neverEnd.has(word.replaceAll(".", ""))) return false;
  // "C. diff", "E. coli"; "q.4-6h. p.r.n.": a single capital, or before dotted small letters.
  if (/^\p{Lu}$/u.test(token) && /^\p{Ll}/u.test(next)) return false;
  if (/^(?:\p{Ll}\.){2}/u.test(next)) return false;
  if (words.beforeNumber.has(word) && /^#?\d/.test(next)) return false;
  // "p.o. b.i.d.", "q.d. Metoprolol": a dotted abbreviation ends a sentence before a capitalised word alone.
  if (/^(?:\p{L}\.)+\p{L}$/u.test(token) || words.mayEnd.has(word)) return /^["“(]?\p{Lu}(?!\.)/u.test(next);
  return true;
}

function isAbbreviation(word: string, words: Abbreviations): boolean {
  const lower = word.toLowerCase();
  return words.neverEnd.has(lower) || words.mayEnd.has(lower);
}
