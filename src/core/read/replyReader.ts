import { generate } from "../decode/generate.ts";
import { readReply } from "../decode/readReply.ts";
import { groundEverywhere } from "../ground/groundEverywhere.ts";
import type { InferencePort } from "../ports.ts";
import { prepareReply } from "../prompt/prepareReply.ts";
import type { ReaderSettings, WindowReader } from "./reader.ts";
import { sourceTokens } from "./windowPieces.ts";

/**
 * A JSON list, written freely and placed in the note afterwards. What was written before a reply broke off counts;
 * the note behind the last mention of such a reply was then not read. Nothing is known of confidence.
 * @throws as `prepareReply`
 */
export function replyReader(port: InferencePort, settings: ReaderSettings): WindowReader {
  const prompt = prepareReply(port, settings);
  return {
    ...prompt,
    async read({ sequence, text, pieces, barred, examples = [], signal }) {
      const { instructionTokens, sharedTokens } = prompt.before(examples);
      const source = sourceTokens(prompt, pieces);
      const written = await generate({
        sequence,
        prompt: prompt.prefix(source, examples),
        instructionTokens,
        sharedTokens,
        stop: prompt.stop,
        maxTokens: prompt.maxTokens(source.flat().length),
        ...(signal && { signal }),
      });
      const [start, end] = [pieces[0]?.start ?? 0, pieces.at(-1)?.end ?? 0];
      const reply = port.detokenize(written.tokens);
      const { mentions, ...found } = readReply(reply, settings.types);
      const placed = groundEverywhere(text.slice(start, end), mentions);
      const isCutOff = found.isCutOff || !written.ended;
      const lastEnd = Math.max(0, ...placed.listed.map((mention) => mention.end));
      return {
        mentions: placed.mentions
          .map(({ type, ...span }) => ({
            type,
            start: start + span.start,
            end: start + span.end,
            confidence: null,
          }))
          .filter((mention) => !barred?.has(mention.start)),
        readTo: isCutOff || found.isUnreadable ? start + lastEnd : end,
        evaluatedTokens: written.evaluatedTokens,
        reply: { start, end, text: reply, ...found, isCutOff, ungrounded: placed.ungrounded },
      };
    },
  };
}
