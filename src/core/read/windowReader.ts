import type { InferencePort } from "../ports.ts";
import { unfit } from "../prompt/chatPrompt.ts";
import { bracketsReader } from "./bracketsReader.ts";
import { groundedReader } from "./groundedReader.ts";
import type { ReaderSettings, WindowReader } from "./reader.ts";
import { withRecall } from "./recall.ts";
import { replyReader } from "./replyReader.ts";

/**
 * The reader for what is asked: the one place that knows which prompt, decoding and grounding belong together.
 * @throws NG-MODEL-UNFIT, NG-TYPES, NG-CONTEXT; NG-BANK where there is no example
 */
export function windowReader(model: InferencePort, settings: ReaderSettings): WindowReader {
  const port = withRecall(model, settings.recall ?? 0);
  if (port.facts.teaching?.outputFormat === "selector") throw unfit(port, "MODEL-SELECTOR-ONLY");
  switch (settings.outputFormat) {
    case "grounded":
      return groundedReader(port, settings);
    case "brackets":
      return bracketsReader(port, settings);
    case "json":
      return replyReader(port, settings);
  }
}
