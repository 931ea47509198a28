import type { Decision } from "./choose.ts";
import { spanConfidence } from "./confidence.ts";
import type { Grammar } from "./grammar.ts";
import { nextState, type OpenTag, type State, startState } from "./state.ts";

/** An entity by pieces of the window, `endPiece` not included. */
export type PieceMention = {
  readonly type: string;
  readonly startPiece: number;
  readonly endPiece: number;
  /** 0 to 1. */
  readonly confidence: number;
};

/** Takes the settled tokens of one output, one after the other. */
export type Writer = {
  readonly state: State;
  /** What was settled, the end included. */
  readonly output: readonly Decision[];
  write(decision: Decision): void;
  /** What has closed so far: by first piece, the longer first, equal spans in the order of the types. */
  mentions(): PieceMention[];
};

/** @param onMention called as soon as a tag closes */
export function createWriter(grammar: Grammar, onMention?: (mention: PieceMention) => void): Writer {
  const { pieceAt, surface } = grammar;
  const output: Decision[] = [];
  const closed: (PieceMention & { readonly order: number })[] = [];
  const openings: number[] = [];
  let opening = 1;
  let state: State = startState;

  const close = (tag: OpenTag, position: number, probability: number) => {
    const mention = {
      type: surface.open[tag.type]?.type ?? "",
      startPiece: pieceAt[tag.start] ?? -1,
      endPiece: pieceAt[position] ?? -1,
      confidence: spanConfidence(openings.pop() ?? 1, probability),
    };
    closed.push({ ...mention, order: tag.type });
    onMention?.(mention);
  };

  return {
    get state() {
      return state;
    },
    output,
    write(decision) {
      const before = state;
      state = nextState(grammar, before, decision.token);
      output.push(decision);
      if (state.position !== before.position || state.ended) return;
      const depth = before.tags?.depth ?? 0;
      if (before.tags !== null && state.opening === null && (state.tags?.depth ?? 0) < depth) {
        close(before.tags, before.position, decision.probability);
        return;
      }
      opening *= decision.probability;
      if (state.opening === null) {
        openings.push(opening);
        opening = 1;
      }
    },
    mentions: () =>
      closed
        .toSorted((a, b) => a.startPiece - b.startPiece || b.endPiece - a.endPiece || a.order - b.order)
        .map(({ order: _, ...mention }) => mention),
  };
}
