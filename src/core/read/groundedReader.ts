import { calibrate } from "../decode/confidence.ts";
import { decodeWindow } from "../decode/decodeWindow.ts";
import type { PieceMention } from "../decode/writer.ts";
import type { InferencePort } from "../ports.ts";
import { preparePrompt } from "../prompt/preparePrompt.ts";
import type { ReaderSettings, WindowReader } from "./reader.ts";
import { pieceMentions, sourceTokens } from "./windowPieces.ts";

/** Tags in a copy of the note. @throws as `preparePrompt` */
export function groundedReader(port: InferencePort, settings: ReaderSettings): WindowReader {
  const prompt = preparePrompt(port, settings);
  const { calibration } = prompt.decoding;
  const sure = (mention: PieceMention): PieceMention[] => {
    if (!calibration) return [mention];
    const confidence = calibrate(mention.confidence, calibration);
    return confidence < calibration.least ? [] : [{ ...mention, confidence }];
  };
  return {
    ...prompt,
    async read({ pieces, barred, examples = [], ...window }) {
      const { instructionTokens, sharedTokens } = prompt.before(examples);
      const source = sourceTokens(prompt, pieces);
      const { mentions, statistics } = await decodeWindow({
        ...prompt.decoding,
        ...window,
        instructionTokens,
        sharedTokens,
        contextTokens: port.facts.contextTokens,
        prefix: prompt.prefix(source, examples),
        source,
        mayOpen: pieces.map(({ start }) => !barred?.has(start)),
        strategy: settings.strategy ?? "parallel",
      });
      return {
        mentions: pieceMentions(pieces, mentions.flatMap(sure)),
        readTo: pieces.at(-1)?.end ?? 0,
        evaluatedTokens: statistics.evaluatedTokens,
        reply: null,
      };
    },
  };
}
