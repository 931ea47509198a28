import type { Language } from "../document/noteDocument.ts";
import type { Paradigm } from "../entity/extraction.ts";
import type { FewShotSettings } from "../ports.ts";
import type { AskedTypes } from "./template.ts";

/** What is asked of a model. */
export type PromptSettings = AskedTypes & {
  readonly paradigm: Paradigm;
  /** Of the note, and so of the instruction; English unless told. */
  readonly language?: Language;
  /** Of the paradigm few. */
  readonly fewShot?: FewShotSettings | undefined;
};
