import type { Language } from "../document/noteDocument.ts";
import { normaliseTitle, type SectionCategory, type SectionRules, sectionRules } from "./sectionRules.ts";

/** A title found in a note. */
export type Heading = {
  /** UTF-16 span of the title's words, without numbering, brackets and colon. */
  readonly start: number;
  readonly end: number;
  /** Where the heading as a whole starts: at its numbering or bracket, where it has one. */
  readonly from: number;
  /** Where what the heading is about begins: after the colon or closing bracket. */
  readonly body: number;
  /** "part" for a heading inside an examination; null where the title is in capitals but not known. */
  readonly category: SectionCategory | "part" | null;
};

/** Titles longer than this are sentences. In UTF-16 units. */
const MAX_TITLE = 70;

// Numbering, bullets and Markdown before a title: "1.", "IV.", "2)", "##", "**", "•", "一、", "（二）".
const MARKER =
  /^[^\S\n]*(?:(?:#{1,6}|\*{1,2}|[•·▪●■◆*-])[^\S\n]*|(?:\d{1,2}|[IVX]{1,4}|[A-Z])[.)][^\S\n]+|\d{1,2}[、．.]|[(（]?[一二三四五六七八九十]{1,3}[)）、．.])?[^\S\n]*/;
const LINE = /[^\n\v\f\r\u0085\u2028\u2029]+/g;

/** Every heading of `text`, in order: at the start of a line, on a line of its own, or inside running text. */
export function findHeadings(text: string, language: Language): Heading[] {
  const rules = sectionRules(language);
  const headings: Heading[] = [];
  for (const line of text.matchAll(LINE)) {
    const found = language === "zh" ? inChineseLine(line[0], rules) : inEnglishLine(line[0], rules);
    for (const heading of found) {
      headings.push({
        start: line.index + heading.start,
        end: line.index + heading.end,
        from: line.index + heading.from,
        body: line.index + heading.body,
        category: heading.category,
      });
    }
  }
  return headings;
}

function known(
  title: string,
  language: Language,
  rules: SectionRules,
  place: "line" | "inside" = "line",
): SectionCategory | "part" | undefined {
  const key = normaliseTitle(title, language);
  if (place === "inside" && rules.lineOnly.has(key)) return undefined;
  return rules.titles.get(key) ?? (rules.parts.has(key) ? "part" : undefined);
}

/** A title in capitals that is not listed: the first telling word decides, else null. */
function guess(title: string, rules: SectionRules): SectionCategory | null {
  for (const word of normaliseTitle(title, "en").split(" ")) {
    const category = rules.words.get(word);
    if (category !== undefined) return category;
  }
  return null;
}

function isCapitals(title: string): boolean {
  return /\p{Lu}/u.test(title) && !/\p{Ll}/u.test(title);
}

function trimmed(text: string, start: number, end: number): { start: number; end: number } {
  let [from, to] = [start, end];
  while (from < to && /[\s*_]/.test(text[from] ?? "")) from++;
  while (to > from && /[\s*_]/.test(text[to - 1] ?? "")) to--;
  return { start: from, end: to };
}

function* inEnglishLine(line: string, rules: SectionRules): Generator<Heading> {
  const from = line.length - line.trimStart().length;
  const marker = MARKER.exec(line)?.[0].length ?? 0;
  const colon = /[:：]|[^\S\n][-–—][^\S\n]/.exec(line.slice(marker, marker + MAX_TITLE + 2));
  const ownLine = colon === null;
  const span = trimmed(line, marker, ownLine ? line.length : marker + colon.index);
  let next = 0;
  if (span.end > span.start && span.end - span.start <= MAX_TITLE) {
    const title = line.slice(span.start, span.end);
    const category = known(title, "en", rules);
    const body = ownLine ? line.length : marker + colon.index + colon[0].length;
    const afterColon = !ownLine && /[:：]/.test(colon[0]);
    if (category !== undefined && (!ownLine || /^\p{Lu}/u.test(title))) {
      yield { ...span, from, body, category };
      next = body;
    } else if (afterColon && isNewTitle(title, line.slice(body))) {
      yield { ...span, from, body, category: guess(title, rules) };
      next = body;
    }
  }
  yield* insideEnglishLine(line, next, rules);
}

/** Capitals before a colon are a title, short names of tests ("WBC:") and names with a number after them are not. */
function isNewTitle(title: string, rest: string): boolean {
  return (
    isCapitals(title) && /\p{Lu}{4}/u.test(title) && !/[\d.]/.test(title) && !/^\s*[<>~+-]?\s*\d/.test(rest)
  );
}

const INSIDE = /(?<before>^|[.;!?,)\]"”]\s*|\s{2,}|\s[-–—]\s|\s)(?<title>\p{Lu}[\p{L}/&'’() ]{0,68}?):/gu;

/** Titles in running text: listed ones alone, in capitals anywhere or with one capital after the end of a sentence. */
function* insideEnglishLine(line: string, from: number, rules: SectionRules): Generator<Heading> {
  const inside = new RegExp(INSIDE);
  inside.lastIndex = from;
  for (let match = inside.exec(line); match !== null; match = inside.exec(line)) {
    const { before = "", title: run = "" } = match.groups ?? {};
    const start = match.index + before.length;
    const found = lastTitle(run, rules, /[.;!?)\]"”]\s*$|^$/.test(before));
    if (found === null) {
      // The next title may start inside what was no title.
      inside.lastIndex = start + run.length;
      continue;
    }
    const end = start + run.length;
    yield {
      start: start + found.skip,
      end,
      from: start + found.skip,
      body: end + 1,
      category: found.category,
    };
  }
}

/** The longest listed title at the end of `run`: "and returned to work PLAN" ends with one. */
function lastTitle(
  run: string,
  rules: SectionRules,
  afterSentence: boolean,
): { skip: number; category: SectionCategory | "part" } | null {
  for (const word of run.matchAll(/(?<=^|[ (])\p{L}/gu)) {
    const title = run.slice(word.index);
    const category = known(title, "en", rules, "inside");
    if (category === undefined) continue;
    const capitals = isCapitals(title) && title.length > 2;
    const previous = /(\S+)\s$/.exec(run.slice(0, word.index))?.[1] ?? "";
    // "DRUG ALLERGIES": a listed title may be the tail of a longer one in capitals.
    if (capitals && !(previous.length > 1 && isCapitals(previous))) return { skip: word.index, category };
    if (!capitals && word.index === 0 && afterSentence && category !== "part") return { skip: 0, category };
  }
  return null;
}

function* inChineseLine(line: string, rules: SectionRules): Generator<Heading> {
  const first = MARKER.exec(line)?.[0].length ?? 0;
  const indent = line.length - line.trimStart().length;
  const starts = [first];
  for (const match of line.matchAll(/[。；;！？.\s]+|[【[［〔]/gu)) {
    const at = /[【[［〔]$/u.test(match[0]) ? match.index : match.index + match[0].length;
    if (at > first) starts.push(at);
  }
  let next = 0;
  for (const start of starts) {
    const opensLine = start === first;
    const heading = start < next ? null : chineseTitleAt(line, start, opensLine, rules);
    if (heading === null) continue;
    yield { ...heading, from: opensLine ? indent : start };
    next = heading.body;
  }
}

const IN_BRACKETS = /^[【[［〔]([^【[［〔】\]］〕]{1,14})[】\]］〕]\s*[：:]?/u;
const BEFORE_COLON = /^([\p{Script=Han}\s、/（）()]{1,14}?)\s*[：:]/u;
const ALONE = /^([\p{Script=Han}\s]{2,14})$/u;

/** A listed title at `start`: in brackets (listed or not), before a colon, or alone on its line. */
function chineseTitleAt(
  line: string,
  start: number,
  opensLine: boolean,
  rules: SectionRules,
): Heading | null {
  const near = line.slice(start, start + 24);
  const bracketed = IN_BRACKETS.exec(near);
  const match = bracketed ?? BEFORE_COLON.exec(near) ?? (opensLine ? ALONE.exec(line.slice(start)) : null);
  if (match === null) return null;
  const offset = start + (bracketed === null ? 0 : 1);
  const span = trimmed(line, offset, offset + (match[1] ?? "").length);
  const place = opensLine || bracketed !== null ? "line" : "inside";
  const category = known(line.slice(span.start, span.end), "zh", rules, place);
  if (category === undefined && bracketed === null) return null;
  return { ...span, from: start, body: start + match[0].length, category: category ?? null };
}
