import type { GroundedProfile, TokenId } from "#core/ports.ts";
import type { FakeMention, FakeReader } from "./fakeReader.ts";

/**
 * The mind of a fake selector: it reads the question about a span and answers by a rule, in logits, so that the
 * softmax over the two answers is the probability that the rule gives.
 */
export function createFakeJudge(
  profile: GroundedProfile,
  wordOf: (token: TokenId) => string,
  judge: (text: string, mention: FakeMention) => number,
): FakeReader {
  const typeOf = new Map([...profile.open].map(([type, token]) => [token, type]));
  const length = (tokens: readonly TokenId[]) => tokens.map(wordOf).join("").length;

  const logits = (tokens: readonly TokenId[], candidates: readonly TokenId[]): Float32Array => {
    const separator = tokens.indexOf(profile.sep);
    const question = tokens.slice(separator + 1);
    const opening = question.findIndex((token) => typeOf.has(token));
    const text = tokens.slice(1, separator).map(wordOf).join("");
    const before = length(question.slice(0, opening));
    const end = before + length(question.slice(opening + 1, -1));
    const start = end - text.slice(before, end).trimStart().length;
    const yes = judge(text, { type: typeOf.get(question[opening] ?? -1) ?? "", start, end });
    return Float32Array.from(candidates, (token) => Math.log(token === profile.close ? yes : 1 - yes));
  };

  return { logits, mostLikely: () => profile.eos };
}
