import { askQuestions } from "../decode/askQuestions.ts";
import type { Piece } from "../document/pieces.ts";
import type { Span } from "../document/span.ts";
import type { CancelSignal, InferencePort } from "../ports.ts";
import { prepareSelector, type SelectorPrompt } from "../prompt/prepareSelector.ts";
import type { PromptSettings } from "../prompt/promptSettings.ts";
import { everySequence } from "./everySequence.ts";
import { passagesOf } from "./passages.ts";
import { sourceTokens } from "./windowPieces.ts";

/** What a selector is asked about. Offsets are those of the note. */
export type JudgeInput<Candidate extends Span & { readonly type: string }> = {
  readonly pieces: readonly Piece[];
  /** Half-open piece indexes, in order. */
  readonly sentences: readonly { readonly from: number; readonly to: number }[];
  readonly candidates: readonly Candidate[];
  readonly signal?: CancelSignal;
};

/** A selector that was told the types: it says how likely each candidate is one of its type. */
export type Judge = Pick<SelectorPrompt, "identity"> & {
  /**
   * The yes-probability of each candidate that could be asked about: all but those that exceed the context.
   * Candidates of one sentence share its prompt; sentences are read by as many sequences as the model offers.
   * @throws NG-CONTEXT, NG-CANCELLED
   */
  ask<Candidate extends Span & { readonly type: string }>(
    input: JudgeInput<Candidate>,
  ): Promise<{ readonly probabilities: ReadonlyMap<Candidate, number>; readonly evaluatedTokens: number }>;
};

/** @throws as `prepareSelector` */
export function judge(port: InferencePort, settings: Omit<PromptSettings, "paradigm">): Judge {
  const prompt = prepareSelector(port, settings);
  return {
    identity: prompt.identity,
    async ask<Candidate extends Span & { readonly type: string }>(input: JudgeInput<Candidate>) {
      const { pieces, sentences, candidates, signal } = input;
      const lengths = pieces.map((piece) => prompt.tokensOf(piece.view).length);
      const passages = passagesOf(pieces, sentences, candidates, lengths, prompt.windowTokens);
      const probabilities = new Map<Candidate, number>();
      let evaluatedTokens = 0;
      await everySequence(port, passages, async (sequence, passage) => {
        const source = sourceTokens(prompt, pieces.slice(passage.from, passage.to));
        const answers = await askQuestions({
          sequence,
          prefix: prompt.prefix(source),
          instructionTokens: prompt.instructionTokens,
          questions: passage.candidates.map(({ of, from, to }) =>
            prompt.question({
              source,
              from: from - passage.from,
              to: to - passage.from,
              type: of.type,
            }),
          ),
          yes: prompt.yes,
          no: prompt.no,
          ...(signal && { signal }),
        });
        evaluatedTokens += answers.evaluatedTokens;
        passage.candidates.forEach(({ of }, i) => {
          probabilities.set(of, answers.probabilities[i] ?? 0);
        });
      });
      return { probabilities, evaluatedTokens };
    },
  };
}
