import type { Span } from "./span.ts";

/** A word, a number, a Han character or a mark, in lower case. */
export type Token = Span & { readonly text: string };

const TOKEN = /\p{Script=Han}|\p{Nd}+(?:\.\p{Nd}+)?|(?:(?!\p{Script=Han})\p{L}\p{M}*)+|[^\s\p{L}\p{Nd}]/gu;

/** The tokens of `text`; offsets count from `offset`. Curved apostrophes and wide marks become plain ones. */
export function tokenise(text: string, offset = 0): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const start = offset + match.index;
    tokens.push({ text: fold(match[0]), start, end: start + match[0].length });
  }
  return tokens;
}

const foldings: Readonly<Record<string, string>> = {
  "’": "'",
  "‘": "'",
  "（": "(",
  "）": ")",
  "－": "-",
  "—": "-",
  "–": "-",
  "＋": "+",
  "：": ":",
  "？": "?",
  "；": ";",
  "，": ",",
  "／": "/",
};

function fold(word: string): string {
  return foldings[word] ?? word.toLowerCase();
}

/** Whether the token is a word: neither a mark nor a symbol. */
export function isWord(token: Token): boolean {
  return /[\p{L}\p{N}]/u.test(token.text);
}
