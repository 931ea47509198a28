import type { Language, NoteDocument } from "./document/noteDocument.ts";
import type { Span } from "./document/span.ts";
import type { Change, LogEntry } from "./entity/corrections.ts";
import type { Extraction, RunInfo } from "./entity/extraction.ts";
import type { PlainError } from "./errors.ts";
import type { ExampleStore } from "./exampleStore.ts";

export type RunState = "queued" | "running" | "done" | "failed" | "cancelled";
/**
 * The state of the latest run of its document ("new" where there is none); among several documents the one
 * that comes first in this order: running, queued, failed, cancelled, new, done. "reviewed" is a case that is
 * done, where something was found and a person decided on every entity.
 */
export type CaseState = "new" | "reviewed" | RunState;

/** What was decided before a run begins; with the note's hash it says whether a run would be a repetition. */
export type RunPlan = Omit<RunInfo, "seconds" | "tokensPerSecond"> & {
  /** Whatever else decides the result (language, encoding, selector …). The order of keys does not matter. */
  readonly settings: RunSettings;
};
export type RunSettings = Readonly<Record<string, string | number | boolean | null>>;

/** One row of the list of cases. Dates are ISO 8601. */
export type CaseSummary = {
  readonly caseId: number;
  readonly title: string;
  readonly createdAt: string;
  /** Of the last import, run, correction or change of title in it. */
  readonly updatedAt: string;
  readonly state: CaseState;
  readonly documents: readonly {
    readonly documentId: string;
    readonly name: string;
    readonly language: Language;
  }[];
  /** Entities of the latest finished runs that count (not rejected, not dropped by a selector). */
  readonly entities: number;
  /** Those among them that nobody has looked at yet. */
  readonly proposed: number;
};

export type CasePage = { readonly total: number; readonly cases: readonly CaseSummary[] };

export type CaseQuery = {
  /** Words of the notes, of their names, or part of the title; English words match by their beginning. */
  readonly search?: string;
  /** "reviewed": done, with entities, and every one of them decided by a person. */
  readonly state?: CaseState | "reviewed";
  /** "updated" and "created" newest first (the default is "updated"), "title" from A to Z. */
  readonly sort?: "updated" | "created" | "title";
  /** Rows a page, 50 unless told. */
  readonly limit?: number;
  readonly offset?: number;
};

export type StoredRun = {
  readonly runId: number;
  readonly documentId: string;
  readonly state: RunState;
  readonly plan: RunPlan;
  readonly createdAt: string;
  /** Null until the run is done, failed or cancelled. */
  readonly finishedAt: string | null;
  /** Only of a failed run. */
  readonly error: PlainError | null;
  /** Only of a run that is done. */
  readonly result: {
    readonly seconds: number;
    readonly tokensPerSecond: number;
    readonly coverage: number;
    readonly date: string;
    /** As the model gave them. */
    readonly entities: number;
    /** Those that count (not rejected, not dropped by a selector), corrections folded in. */
    readonly kept: number;
    /** Those among `kept` that nobody has looked at yet. */
    readonly proposed: number;
  } | null;
};

export type StoredDocument = {
  readonly documentId: string;
  readonly caseId: number;
  readonly name: string;
  readonly sha256: string;
  readonly language: Language;
  readonly importedAt: string;
  readonly utf16Length: number;
  /** Latest first. */
  readonly runs: readonly StoredRun[];
};

export type StoredCase = CaseSummary & { readonly contents: readonly StoredDocument[] };

/** How much goes when a case goes. */
export type CaseContents = {
  readonly documents: number;
  readonly runs: number;
  readonly entities: number;
  readonly corrections: number;
  readonly exports: number;
};

/** A log entry as it was kept. */
export type StoredCorrection = { readonly at: string; readonly entry: LogEntry };

/** What left the store: when, in which form, from which runs and how much of them was corrected by then. */
export type StoredExport = {
  readonly exportId: number;
  readonly at: string;
  readonly format: string;
  /** File name without folders; null where it went elsewhere (stdout). */
  readonly fileName: string | null;
  /** The filter of the screen or command in words or JSON; null for everything. */
  readonly filter: string | null;
  readonly runs: readonly { readonly runId: number; readonly corrections: number }[];
};

/** A note that a search found. */
export type SearchHit = {
  readonly caseId: number;
  readonly documentId: string;
  readonly name: string;
  /** A stretch of the note around the first words found: `text === note.slice(start, start + text.length)`. */
  readonly snippet: { readonly start: number; readonly text: string };
  /** The words found, as UTF-16 spans into the note, within the snippet. */
  readonly found: readonly Span[];
};

/** A note of which a person decided every entity of its latest run. */
export type ReviewedDocument = {
  readonly documentId: string;
  readonly caseId: number;
  readonly name: string;
  readonly language: Language;
  /** Those that count, corrections folded in. */
  readonly entities: number;
};

/**
 * The case store. Every call is synchronous and atomic: it happened as a whole, on the disk, or not at all.
 * @throws every call: NG-STORE-LOCKED, NG-STORE-FULL, NG-STORE-DAMAGED, NG-STORE; and NG-NOT-FOUND for an id
 * that is not there.
 */
export type StorePort = ExampleStore & {
  /**
   * Keeps a note, in the case named or in a new one titled `title` or by the file name. A note with the same
   * bytes, name and text is not kept twice: `added` is false, and the answer tells where it is. Where the same
   * bytes were read in another encoding, the id that the note is kept under is not the one it came with. With
   * `once` the name does not matter either: `name` is the one that the note was kept under before.
   */
  addDocument(
    document: NoteDocument,
    into?: { readonly caseId?: number; readonly title?: string; readonly once?: boolean },
  ): {
    readonly documentId: string;
    readonly caseId: number;
    readonly name: string;
    readonly added: boolean;
  };
  listCases(query?: CaseQuery): CasePage;
  getCase(caseId: number): StoredCase;
  getDocument(documentId: string): NoteDocument;
  /** All that is known of a note but its text. */
  describeDocument(documentId: string): StoredDocument;
  /** Notes in which something was found and every entity is decided; those of cases changed last first. */
  reviewedDocuments(limit: number): readonly ReviewedDocument[];
  renameCase(caseId: number, title: string): void;
  caseContents(caseId: number): CaseContents;
  /** Deletes all of it, the index of its words included. Answers what went. */
  deleteCase(caseId: number): CaseContents;
  /** Notes that hold all words of `query`, best first; with `caseIds` only those of these cases. 20 unless told. */
  searchNotes(
    query: string,
    page?: { readonly limit?: number; readonly offset?: number; readonly caseIds?: readonly number[] },
  ): readonly SearchHit[];

  /** Puts a run into the queue. */
  queueRun(documentId: string, plan: RunPlan): number;
  /** Takes a queued run up. @throws NG-REQUEST where it is not queued: somebody else took it */
  beginRun(runId: number): void;
  /** `queueRun` and `beginRun` in one. */
  startRun(documentId: string, plan: RunPlan): number;
  /** Keeps what came out; the run's own facts are taken from it. @throws NG-INTERNAL where a text is not its slice. */
  finishRun(runId: number, extraction: Extraction): void;
  failRun(runId: number, error: PlainError): void;
  cancelRun(runId: number): void;
  /** Puts a run that never finished back into the queue. */
  requeueRun(runId: number): void;
  /** Runs still waiting, and those whose process is gone (after a crash), oldest first. */
  unfinishedRuns(): readonly StoredRun[];
  getRun(runId: number): StoredRun;
  /** The latest run that is done, or null. */
  latestRun(documentId: string): StoredRun | null;
  /** The latest run that is done with the same bytes (and name, where given), model, adapter, prompt and settings, or null. */
  findCompleteRun(note: { readonly sha256: string; readonly name?: string }, plan: RunPlan): StoredRun | null;
  /** What came out of a finished run, with its corrections folded in unless `corrected` is false. */
  extraction(runId: number, options?: { readonly corrected?: boolean }): Extraction;

  /** Adds one step of corrections to a run. @throws NG-REQUEST where a change does not fit; then nothing is kept. */
  correct(runId: number, changes: readonly Change[]): void;
  /** Takes the last step back; false where there is none. */
  undo(runId: number): boolean;
  /** Brings back what was undone last; false where there is nothing. */
  redo(runId: number): boolean;
  /** The whole log of a run, oldest first. `readLog` tells where it stands. */
  history(runId: number): readonly StoredCorrection[];

  /** Notes that these runs, as they are now, were exported. */
  recordExport(what: {
    readonly format: string;
    readonly fileName: string | null;
    readonly filter: string | null;
    readonly runIds: readonly number[];
  }): number;
  /** Exports that hold a run of this case, latest first. */
  exportsOf(caseId: number): readonly StoredExport[];

  /** Keeps a comparison of systems, any JSON value, and answers its id. */
  keepEvaluation(result: unknown): number;
  /** Those that were kept, latest first. `at` is ISO 8601. */
  evaluations(): readonly { readonly evaluationId: number; readonly at: string; readonly result: unknown }[];
  deleteEvaluation(evaluationId: number): void;

  /**
   * Several calls as one: all of them are on the disk, or none is where `work` throws. Thousands of small calls
   * wait for the disk once. `work` must not be async.
   */
  together<Answer>(work: () => Answer): Answer;

  /** A setting as it was kept (any JSON value), or undefined. */
  getSetting(key: string): unknown;
  setSetting(key: string, value: unknown): void;

  close(): void;
};
