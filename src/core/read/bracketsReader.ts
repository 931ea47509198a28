import { decodeBrackets } from "../decode/decodeBrackets.ts";
import { bareView } from "../document/pieces.ts";
import type { InferencePort } from "../ports.ts";
import { prepareBrackets } from "../prompt/prepareBrackets.ts";
import type { ReaderSettings, WindowReader } from "./reader.ts";
import { pieceMentions, sourceTokens } from "./windowPieces.ts";

/** A bracketed copy of the note for each type. @throws as `prepareBrackets` */
export function bracketsReader(port: InferencePort, settings: ReaderSettings): WindowReader {
  const prompt = prepareBrackets(port, settings);
  return {
    ...prompt,
    async read({ pieces, barred, examples = [], ...window }) {
      const { instructionTokens, sharedTokens } = prompt.before(examples);
      const source = sourceTokens(prompt, pieces);
      const [first] = pieces;
      // In the line a space stands between the colon and the text.
      const copied = first ? [prompt.tokensOf(` ${bareView(first)}`), ...source.slice(1)] : [];
      const { mentions, evaluatedTokens } = await decodeBrackets({
        ...prompt.decoding,
        ...window,
        instructionTokens,
        sharedTokens,
        contextTokens: port.facts.contextTokens,
        prefix: prompt.prefix(source, examples),
        source: copied,
        mayOpen: pieces.map(({ start }) => !barred?.has(start)),
        strategy: settings.strategy ?? "parallel",
      });
      return {
        mentions: pieceMentions(pieces, mentions),
        readTo: pieces.at(-1)?.end ?? 0,
        evaluatedTokens,
        reply: null,
      };
    },
  };
}
