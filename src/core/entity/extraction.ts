import type { Language, NoteDocument } from "../document/noteDocument.ts";
import type { Entity } from "./entity.ts";
import type { ShownExamples } from "./example.ts";
import type { Reply } from "./reply.ts";
import type { SelectorRun } from "./selector.ts";

export type Paradigm = "zero" | "few" | "tuned";
export type OutputFormat = "grounded" | "brackets" | "json";

/** What produced the entities. All that is needed to repeat the run, and how long it took. */
export type RunInfo = {
  /** Name in the GGUF's own metadata. */
  readonly model: string;
  readonly modelSha256: string;
  readonly adapterSha256: string | null;
  readonly paradigm: Paradigm;
  readonly outputFormat: OutputFormat;
  /** SHA-256 of prompt template, type list and decoding settings. */
  readonly promptSha256: string;
  /** Name of the example bank, where examples were shown. */
  readonly bank: string | null;
  /** The types that were asked for, in order. */
  readonly types: readonly string[];
  /** Absent where no selector judged the spans. */
  readonly selector?: SelectorRun;
  readonly seconds: number;
  /** Tokens that the model evaluated, by second. */
  readonly tokensPerSecond: number;
};

/** A section of the note as it was recognised. */
export type Section = {
  /** Category from resources/sections.*.json, such as "medications"; null where the title is unknown. */
  readonly category: string | null;
  /** UTF-16 span of the title line's words; empty at the start where there is none. */
  readonly title: { readonly start: number; readonly end: number };
  /** UTF-16 span from the title to the next section. */
  readonly start: number;
  readonly end: number;
};

/** Everything that is known of one note after one run. */
export type Extraction = {
  readonly document: NoteDocument;
  readonly run: RunInfo;
  /** Share of the text's pieces that a model read, 0 to 1. */
  readonly coverage: number;
  readonly sections: readonly Section[];
  /** In document order. */
  readonly entities: readonly Entity[];
  /** What the model wrote, in the output format json, in the order of the note. It may hold words of the note. */
  readonly replies?: readonly Reply[];
  /** Absent where the paradigm shows none. */
  readonly examples?: ShownExamples;
  /** ISO 8601; what FHIR calls the date of the document. */
  readonly date: string;
};

export type { Language };
