import type { Span } from "../document/span.ts";

/** One free reply of a model, and what became of it. It may hold words of the note: never log it. */
export type Reply = Span & {
  /** As the model wrote it. */
  readonly text: string;
  /** It was no clean list and had to be made sense of. */
  readonly isRepaired: boolean;
  /** It stopped in the middle, or never ended and was cut. */
  readonly isCutOff: boolean;
  /** It holds no list at all. */
  readonly isUnreadable: boolean;
  /** Mentions that were dropped: the note does not have their words, or not so often. */
  readonly ungrounded: number;
  /** Mentions that were dropped: of a type that was not asked for. */
  readonly unknownTypes: number;
};

/** How a run's replies were, in numbers; without a word of them. */
export type ReplySummary = {
  readonly replies: number;
  readonly repaired: number;
  readonly cutOff: number;
  readonly unreadable: number;
  readonly ungrounded: number;
  readonly unknownTypes: number;
};

export function summariseReplies(replies: readonly Reply[]): ReplySummary {
  const sum = (of: (reply: Reply) => number | boolean): number =>
    replies.reduce((total, reply) => total + Number(of(reply)), 0);
  return {
    replies: replies.length,
    repaired: sum((reply) => reply.isRepaired),
    cutOff: sum((reply) => reply.isCutOff),
    unreadable: sum((reply) => reply.isUnreadable),
    ungrounded: sum((reply) => reply.ungrounded),
    unknownTypes: sum((reply) => reply.unknownTypes),
  };
}
