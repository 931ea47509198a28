import type { Language } from "#core/document/noteDocument.ts";
import type { Entity } from "#core/entity/entity.ts";
import type { SelectStrategy } from "#core/entity/example.ts";
import type { OutputFormat, Paradigm, RunInfo, Section } from "#core/entity/extraction.ts";
import type { EntityFilter } from "#core/entity/filter.ts";
import type { OwnType } from "#core/entity/ownTypes.ts";
import type { PlainError } from "#core/errors.ts";
import type { ModelReport } from "#core/modelReport.ts";
import type { Processors } from "#core/processors.ts";
import type { RecallLevel } from "#core/read/recall.ts";

export type { EntityFilter } from "#core/entity/filter.ts";
export type { ReviewAction } from "#core/entity/review.ts";

/** Where a note stands: `none` was never read by a model, `reviewed` has every entity decided by a person. */
export type NoteStatus = "none" | "queued" | "running" | "done" | "failed" | "cancelled" | "reviewed";

/** A line of the case list. */
export type CaseRow = {
  readonly id: string;
  readonly title: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly documents: number;
  readonly entities: number;
  /** Entities that a person has decided on. */
  readonly decided: number;
  readonly status: NoteStatus;
  readonly language: Language;
  /** Where a search matched: a few words of a note around the hit, and the hit's place in them (UTF-16). */
  readonly snippet: { readonly text: string; readonly start: number; readonly end: number } | null;
};

export type DocumentRow = {
  readonly id: string;
  readonly caseId: string;
  readonly name: string;
  readonly language: Language;
  readonly utf16Length: number;
  readonly importedAt: string;
  readonly status: NoteStatus;
  readonly entities: number;
  readonly error: PlainError | null;
};

export type RunRow = {
  readonly id: number;
  readonly info: RunInfo;
  readonly date: string;
  readonly coverage: number;
};

/** Everything that the reading desk shows of one note. */
export type DocumentView = Omit<DocumentRow, "entities"> & {
  readonly text: string;
  readonly sections: readonly Section[];
  /** The latest run with every correction folded in; empty before the first run. */
  readonly entities: readonly Entity[];
  readonly run: RunRow | null;
  readonly earlierRuns: readonly RunRow[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
};

/** What became of one file that was dropped, pasted or chosen. */
export type ImportFate = {
  /** File name without folders. */
  readonly name: string;
  readonly outcome: "added" | "duplicate" | "skipped" | "failed";
  /** Of a duplicate: the name that the note is here under, where that is another one. */
  readonly knownAs?: string;
  readonly caseId: string | null;
  readonly documentId: string | null;
  readonly error: PlainError | null;
};

export type QueueItem = {
  readonly documentId: string;
  readonly caseId: string;
  readonly name: string;
  readonly state: "queued" | "running" | "done" | "failed" | "cancelled";
  /** Share of the text read so far, 0 to 1. */
  readonly progress: number;
  readonly secondsLeft: number | null;
  readonly error: PlainError | null;
};

export type QueueState = {
  readonly paused: boolean;
  readonly items: readonly QueueItem[];
  /** For everything still to do; null before the first note is finished. */
  readonly secondsLeft: number | null;
};

/** `training` is the pack of the notes among them that were reviewed to the end, whole: no filter applies to it. */
export const exportFormats = ["csv", "json", "fhir", "brat", "html", "training"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export type ExportRequest = {
  readonly documentIds: readonly string[];
  readonly format: ExportFormat;
  readonly filter: EntityFilter;
  readonly withText: boolean;
};

/** A file as it would be saved. */
export type ExportFile = { readonly name: string; readonly mediaType: string; readonly content: string };

export type ExportRecord = {
  readonly id: number;
  readonly date: string;
  readonly format: ExportFormat;
  readonly documents: number;
  readonly entities: number;
  readonly filter: EntityFilter;
  /** File names without folders. */
  readonly files: readonly string[];
};

export type { ModelReport, Processors };

export type InstalledModel = {
  readonly id: string;
  readonly bundled: boolean;
  readonly report: ModelReport;
  /** False once its file has gone. */
  readonly present: boolean;
  /** Of an adapter: the ids of the models in the list that it fits. */
  readonly fits: readonly string[];
};

/** Which model reads new notes, and how. */
export type ChosenModel = {
  readonly modelId: string;
  readonly adapterId: string | null;
  /** A selector adapter for the model, or a stock model's own id where it answers the questions itself. */
  readonly selectorId?: string | null | undefined;
  readonly paradigm: Paradigm;
};

export type ModelsState = {
  readonly models: readonly InstalledModel[];
  readonly chosen: ChosenModel;
  /** What was chosen before, so that it can be taken up again; null where there was nothing or it is gone. */
  readonly earlier: ChosenModel | null;
};

export type Settings = {
  readonly language: "auto" | Language;
  readonly theme: "auto" | "light" | "dark";
  /** Pixels of the note's text. */
  readonly fontSize: number;
  readonly alwaysShowLabels: boolean;
  /** 0 chooses by itself. */
  readonly threads: number;
  /** Layers on the GPU; -1 chooses by itself. */
  readonly gpuLayers: number;
  /** Types wanted of new runs, by name. */
  readonly types: readonly string[];
  /** Types that the user added, wanted or not. */
  readonly ownTypes: readonly OwnType[];
  readonly outputFormat: OutputFormat;
  /** Of the paradigm few: how many examples are shown, how they are chosen, and the tokens that they may take. */
  readonly examples: number;
  readonly select: SelectStrategy;
  readonly examplesBudget: number;
  /** How much a model of Notegrain's own finds; others have no such knob. */
  readonly recall: RecallLevel;
  /** Read new notes as soon as they are imported. */
  readonly autoRun: boolean;
  /** Key bindings that differ from the defaults: action → key. */
  readonly keys: Readonly<Record<string, string>>;
};

export type About = {
  readonly version: string;
  /** Where the case store lies; the folder's name only, unless the shell is Electron. */
  readonly dataFolder: string;
  readonly shell: "electron" | "web" | "memory";
  readonly platform: string;
  readonly licences: readonly { readonly name: string; readonly licence: string }[];
};
