import { bareView, splitPieces } from "#core/document/pieces.ts";
import type { TokenId } from "#core/ports.ts";
import type { PreparedPrompt } from "#core/prompt/preparePrompt.ts";

/** A window in tokens, ready for the decoder. */
export type SampleWindow = {
  readonly prefix: readonly TokenId[];
  readonly source: readonly (readonly TokenId[])[];
};

/** Fills windows with as many pieces as they hold. For measurements: it does not matter here where they are cut. */
export function sampleWindows(prompt: PreparedPrompt, text: string): SampleWindow[] {
  const samples: SampleWindow[] = [];
  let source: (readonly TokenId[])[] = [];
  let length = 0;
  const close = () => {
    if (source.length > 0) samples.push({ prefix: prompt.prefix(source), source });
    source = [];
    length = 0;
  };
  for (const piece of splitPieces(text)) {
    const next = prompt.tokensOf(piece.view);
    if (length + next.length > prompt.windowTokens) close();
    source.push(length === 0 ? prompt.tokensOf(bareView(piece)) : next);
    length += next.length;
  }
  close();
  return samples;
}
