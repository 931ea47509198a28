import { compareSpans, type Span } from "../document/span.ts";

/** A sentence and what starts in it, in document order. */
export type SentenceMembers<Member extends Span> = {
  readonly span: Span;
  readonly members: readonly Member[];
};

/**
 * What has no end mark for longer than this (a table in one line) is no sentence: it is looked at part by part,
 * so that work grows with the note and not with its square. In UTF-16 units; real sentences stay under 1,000.
 */
const LONGEST = 2_000;

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
  return sentences.flatMap(parts).map((span) => {
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

function parts({ start, end }: Span): Span[] {
  const count = Math.max(1, Math.ceil((end - start) / LONGEST));
  return Array.from({ length: count }, (_, index) => ({
    start: start + index * LONGEST,
    end: Math.min(end, start + (index + 1) * LONGEST),
  }));
}
