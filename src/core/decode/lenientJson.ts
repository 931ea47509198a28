/** A value as a reply has it. Numbers and words are text; a member may be named twice. */
export type LenientValue = string | null | readonly LenientValue[] | LenientObject;
export type LenientObject = { readonly members: readonly (readonly [key: string, value: LenientValue])[] };

export type LenientRead = {
  /** The lists and objects of the reply, in order. */
  readonly values: readonly LenientValue[];
  /** The reply is JSON and nothing else. */
  readonly isJson: boolean;
  /** It ends inside a list, an object or a string. */
  readonly isCutOff: boolean;
};

/** Nothing sensible is nested deeper; a reply of brackets alone must not exhaust the stack. */
const DEEPEST = 24;
const CLOSING: Readonly<Record<string, string>> = {
  '"': '"”',
  "'": "'’",
  "“": '”"“',
  "‘": "’'‘",
  "「": "」",
};
/** What follows the end of a string; a key there means that a comma is missing. */
const AFTER_STRING = /\s*(?:[,:}\]，：、]|$|\/[/*]|["'“‘「]\w+["'”’」]\s*[:：])/y;
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
/** Behind a word without quotes. */
const TRAILING_COMMENT = /\s\/[/*][\s\S]*$/;
const BARE = /[^\s,:{}[\]"“”，：][^,:{}[\]\n"“”，：]*/y;
const ESCAPED: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/**
 * Reads what a model meant as JSON: prose and code fences around it, comments, trailing and missing commas, other
 * quotes, quotes inside a text, missing brackets, a reply that stops in the middle. A member that was cut off is
 * left out.
 */
export function readLenientJson(reply: string): LenientRead {
  const strict = parseStrict(reply);
  if (strict !== undefined) return { values: [strict], isJson: true, isCutOff: false };
  const values: LenientValue[] = [];
  let at = 0;
  let isCutOff = false;

  const skip = (marks: RegExp): void => {
    for (;;) {
      COMMENT.lastIndex = at;
      const comment = COMMENT.exec(reply)?.[0].length ?? 0;
      if (comment === 0 && !(at < reply.length && marks.test(reply[at] ?? ""))) return;
      at += comment || 1;
    }
  };

  /** Undefined where it was cut off. */
  const readString = (): string | undefined => {
    const closing = CLOSING[reply[at] ?? ""] ?? "";
    let text = "";
    for (at += 1; at < reply.length; at++) {
      const mark = reply[at] ?? "";
      if (mark === "\\") {
        const code = /^u([0-9a-fA-F]{4})/.exec(reply.slice(at + 1, at + 6))?.[1];
        const next = reply[at + 1] ?? "";
        text += code ? String.fromCharCode(Number.parseInt(code, 16)) : (ESCAPED[next] ?? next);
        at += code ? 5 : 1;
      } else if (closing.includes(mark) && isAfterString(at + 1)) {
        at += 1;
        return text;
      } else text += mark;
    }
    isCutOff = true;
    return undefined;
  };

  const isAfterString = (offset: number): boolean => {
    AFTER_STRING.lastIndex = offset;
    return AFTER_STRING.test(reply);
  };

  const readBare = (): string | null => {
    BARE.lastIndex = at;
    const word = BARE.exec(reply)?.[0] ?? "";
    const comment = TRAILING_COMMENT.exec(word)?.[0].length ?? 0;
    at += Math.max(1, word.length - comment);
    const value = word.slice(0, word.length - comment).trim();
    return value === "" || value === "null" ? null : value;
  };

  const readValue = (depth: number): LenientValue | undefined => {
    const mark = reply[at] ?? "";
    if (depth < DEEPEST && mark === "[") return readList(depth);
    if (depth < DEEPEST && mark === "{") return readObject(depth);
    return mark in CLOSING ? readString() : readBare();
  };

  const readList = (depth: number): LenientValue[] => {
    const items: LenientValue[] = [];
    for (at += 1; ; ) {
      skip(/[\s,，、}]/);
      if (at >= reply.length) break;
      if (reply[at] === "]") {
        at += 1;
        return items;
      }
      const item = readValue(depth + 1);
      if (item !== undefined) items.push(item);
    }
    isCutOff = true;
    return items;
  };

  const readObject = (depth: number): LenientObject => {
    const members: [string, LenientValue][] = [];
    for (at += 1; ; ) {
      skip(/[\s,，、]/);
      const mark = reply[at];
      if (mark === undefined) break;
      if (mark === "}") at += 1;
      if (mark === "}" || mark === "]" || mark === "{") return { members }; // its own bracket may be missing
      const key = mark in CLOSING ? readString() : readBare();
      skip(/\s/);
      if (reply[at] !== ":" && reply[at] !== "：") continue;
      at += 1;
      skip(/\s/);
      if (at >= reply.length) break;
      const value = readValue(depth + 1);
      if (typeof key === "string" && value !== undefined) members.push([key, value]);
    }
    isCutOff = true;
    return { members };
  };

  for (; at < reply.length; ) {
    const mark = reply[at];
    if (mark === "[" || mark === "{") values.push(readValue(0) ?? null);
    else at += 1;
  }
  return { values, isJson: false, isCutOff };
}

function parseStrict(reply: string): LenientValue | undefined {
  try {
    const value: unknown = JSON.parse(reply);
    return typeof value === "object" && value !== null ? fromJson(value) : undefined;
  } catch {
    return undefined;
  }
}

function fromJson(value: unknown): LenientValue {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value === "object" && value !== null) {
    return { members: Object.entries(value).map(([key, member]) => [key, fromJson(member)] as const) };
  }
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}
