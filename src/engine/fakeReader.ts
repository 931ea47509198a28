import type { Span } from "#core/document/span.ts";
import type { GroundedProfile, TokenId } from "#core/ports.ts";

/** A span of the text that the fake model sees, and its type. */
export type FakeMention = Span & { readonly type: string };

/** Logit of the token that the rule asks for; the others get 0. */
const CERTAIN = 8;

/** The mind of the fake model: the row of tokens read so far in, logits out. */
export type FakeReader = {
  logits(tokens: readonly TokenId[], candidates: readonly TokenId[]): Float32Array;
  mostLikely(tokens: readonly TokenId[]): TokenId;
};

/**
 * Like a trained model it answers after any beginning of an output, also one that it would not have written:
 * it goes by how much of the source has been copied and which tags are open.
 */
export function createFakeReader(
  profile: GroundedProfile,
  wordOf: (token: TokenId) => string,
  tag: (text: string) => readonly FakeMention[],
): FakeReader {
  const typeOf = new Map([...profile.open].map(([type, token]) => [token, type]));
  const order = [...profile.open.keys()];
  let lastText: string | null = null;
  let lastMentions: readonly FakeMention[] = [];

  const mentionsOf = (source: readonly TokenId[]) => {
    const words = source.map(wordOf);
    const text = words.join("");
    if (text !== lastText) lastMentions = byTokens(words, tag(text));
    lastText = text;
    return lastMentions;
  };

  const follow = (output: readonly TokenId[]) => {
    const open: { type: string; start: number }[] = [];
    let position = 0;
    for (const token of output) {
      const type = typeOf.get(token);
      if (type !== undefined) open.push({ type, start: position });
      else if (token === profile.close) open.pop();
      else position += 1;
    }
    return { open, position };
  };

  const desired = (source: readonly TokenId[], output: readonly TokenId[]): TokenId | undefined => {
    const { open, position } = follow(output);
    const mentions = mentionsOf(source);
    const inner = open.at(-1);
    if (mentions.some((m) => m.type === inner?.type && m.start === inner.start && m.end <= position)) {
      return profile.close;
    }
    const next = mentions
      .filter(({ start, type }) => start === position && profile.open.has(type))
      .filter(({ type }) => !open.some((tag) => tag.start === position && tag.type === type))
      .toSorted((a, b) => b.end - a.end || order.indexOf(a.type) - order.indexOf(b.type))[0];
    if (next) return profile.open.get(next.type);
    return source[position] ?? (inner ? profile.close : profile.eos);
  };

  const next = (tokens: readonly TokenId[]): TokenId | undefined => {
    // Each example before the window ends like an output.
    const begin = Math.max(tokens.indexOf(profile.bos), tokens.lastIndexOf(profile.eos)) + 1;
    const separator = tokens.indexOf(profile.sep, begin);
    return desired(tokens.slice(begin, separator), tokens.slice(separator + 1));
  };

  return {
    mostLikely: (tokens) => next(tokens) ?? profile.eos,
    logits(tokens, candidates) {
      const token = next(tokens);
      return Float32Array.from(candidates, (candidate) => (candidate === token ? CERTAIN : 0));
    },
  };
}

/** Offsets in UTF-16 units to numbers of tokens. */
function byTokens(words: readonly string[], mentions: readonly FakeMention[]): FakeMention[] {
  const starts: number[] = [];
  let length = 0;
  for (const word of words) {
    starts.push(length);
    length += word.length;
  }
  const tokenAt = (offset: number) => starts.findLastIndex((start) => start <= offset);
  return mentions
    .filter(({ start, end }) => start < end)
    .map(({ type, start, end }) => ({ type, start: tokenAt(start), end: tokenAt(end - 1) + 1 }));
}
