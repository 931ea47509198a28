import { compareSpans, type Span } from "../document/span.ts";

/** A sentence and what starts in it, in document order. */
export type SentenceMembers<Member extends Span> = {
  readonly span: Span;
  readonly members: readonly Member[];
};

/**
 * What starts in each sentence; a sentence in which nothing does comes with an empty list. `sentences` are in
 * order and do not overlap; `members` may come in any order, and one that starts in no sentence is left out.
 */
export function bySentence<Member extends Span>(
  sentences: readonly Span[],
  members: readonly Member[],
): SentenceMembers<Member>[] {
  const sorted = [...members].sort(compareSpans);
  let next = 0;
  return sentences.map((span) => {
    const inside: Member[] = [];
    for (
      let member = sorted[next];
      member !== undefined && member.start < span.end;
      member = sorted[++next]
    ) {
      if (member.start >= span.start) inside.push(member);
    }
    return { span, members: inside };
  });
}
