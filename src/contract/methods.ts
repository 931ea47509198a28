import { z } from "zod";
import { attributeRoles, entityStatuses } from "#core/entity/entity.ts";
import { selectStrategies } from "#core/entity/example.ts";
import type { Reply } from "#core/entity/reply.ts";
import {
  type EvaluationResult,
  type EvaluationState,
  evaluationFormats,
  evaluationRequest,
  type GoldNote,
} from "./evaluation.ts";
import {
  type BankState,
  type ExamplesImport,
  type ExamplesPage,
  type ExamplesUsed,
  exampleRequests,
  type StoredExample,
} from "./examples.ts";
import {
  type About,
  type CaseRow,
  type DocumentRow,
  type DocumentView,
  type ExportFile,
  type ExportRecord,
  exportFormats,
  type ImportFate,
  type ModelReport,
  type ModelsState,
  type Processors,
  type QueueState,
  type Settings,
} from "./records.ts";

const id = z.string().min(1).max(200);
const offset = z.number().int().nonnegative();
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

const filter = z
  .object({
    types: z.array(z.string()),
    polarity: z.array(z.enum(["affirmed", "negated", "undetermined"])),
    certainty: z.array(z.enum(["certain", "uncertain", "hypothetical"])),
    experiencer: z.array(z.enum(["patient", "family", "other"])),
    temporality: z.array(z.enum(["current", "historical"])),
    sections: z.array(z.string()),
    minConfidence: z.number().min(0).max(1),
    selectorThreshold: z.number().min(0).max(1),
    hideDropped: z.boolean(),
    statuses: z.array(z.enum(entityStatuses)),
    text: z.string(),
  })
  .partial()
  .strict();

const reviewAction = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["accept", "reject"]), entityId: id }),
  z.strictObject({ kind: z.literal("retype"), entityId: id, type: id }),
  z.strictObject({ kind: z.literal("span"), entityId: id, start: offset, end: offset }),
  z.strictObject({ kind: z.literal("add"), type: id, start: offset, end: offset }),
  z.strictObject({
    kind: z.enum(["link", "unlink"]),
    entityId: id,
    role: z.enum(attributeRoles),
    target: id,
  }),
]);

const exportRequest = z.strictObject({
  documentIds: z.array(id).min(1),
  format: z.enum(exportFormats),
  filter,
  withText: z.boolean(),
});

const settings = z
  .object({
    language: z.enum(["auto", "en", "zh"]),
    theme: z.enum(["auto", "light", "dark"]),
    fontSize: z.number().min(10).max(32),
    alwaysShowLabels: z.boolean(),
    threads: z.number().int().min(0).max(256),
    gpuLayers: z.number().int().min(-1).max(1000),
    types: z.array(id),
    ownTypes: z.array(z.strictObject({ name: id, definition: z.string(), examples: z.array(z.string()) })),
    outputFormat: z.enum(["grounded", "brackets", "json"]),
    recall: z.enum(["low", "balanced", "high"]),
    examples: z.number().int().min(1).max(64),
    select: z.enum(selectStrategies),
    examplesBudget: z.number().int().min(50).max(100_000),
    autoRun: z.boolean(),
    keys: z.record(z.string(), z.string()),
  })
  .partial()
  .strict();

const nothing = z.strictObject({});
const oneDocument = z.strictObject({ documentId: id });

/** The schema of each method's request. A request that does not parse is answered with NG-REQUEST. */
export const requests = {
  "cases.list": z.strictObject({
    search: z.string().max(1000),
    status: z.enum(["none", "queued", "running", "done", "failed", "cancelled", "reviewed"]).nullable(),
    sort: z.enum(["updated", "created", "title"]),
    offset: z.number().int().nonnegative(),
    limit: z.number().int().min(1).max(1000),
  }),
  "cases.get": z.strictObject({ caseId: id }),
  "cases.rename": z.strictObject({ caseId: id, title: z.string().min(1).max(500) }),
  "cases.delete": z.strictObject({ caseId: id }),
  /** Files by their bytes; `caseId` adds to a case, null makes a case for each. */
  "notes.import": z.strictObject({
    files: z.array(z.strictObject({ name: z.string().min(1).max(1000), bytes })).max(100_000),
    caseId: id.nullable(),
  }),
  /** Opens the shell's own file dialog, where it has one, and imports what was chosen. */
  "notes.importByDialog": z.strictObject({ folders: z.boolean() }),
  "notes.importExample": z.strictObject({ language: z.enum(["en", "zh"]) }),
  "documents.get": oneDocument,
  /** What the model wrote freely in the latest run, in the order of the note; empty where it could only copy. */
  "documents.replies": oneDocument,
  "queue.get": nothing,
  "queue.start": z.strictObject({ documentIds: z.array(id).min(1) }),
  "queue.cancel": z.strictObject({ documentIds: z.array(id) }),
  "queue.pause": nothing,
  "queue.resume": nothing,
  "queue.retry": oneDocument,
  "queue.clearFinished": nothing,
  "review.apply": z.strictObject({ documentId: id, actions: z.array(reviewAction).min(1).max(100_000) }),
  "review.undo": oneDocument,
  "review.redo": oneDocument,
  "export.preview": exportRequest,
  /** By dialog where the shell has one (`saved` true, or null when called off); else the files come back for the page to save. */
  "export.save": exportRequest,
  /** For a drag that begins on an export: the shell takes it over where it can drag files out of its window. */
  "export.drag": exportRequest,
  "export.history": z.strictObject({ documentIds: z.array(id) }),
  "models.list": nothing,
  "models.checkByDialog": nothing,
  /**
   * A model's file in parts of a few MB, in order, for a file that was dropped on the window. The answer to
   * the last part is the check's report, null to those before.
   */
  "models.upload": z.strictObject({
    uploadId: id,
    name: z.string().min(1).max(1000),
    totalBytes: z.number().int().positive(),
    offset,
    bytes,
  }),
  /** Adds a model or adapter that was just checked, by the SHA-256 of its report. */
  "models.add": z.strictObject({ sha256: z.string().length(64) }),
  "models.remove": z.strictObject({ modelId: id }),
  "models.choose": z.strictObject({
    modelId: id,
    adapterId: id.nullable(),
    selectorId: id.nullable().optional(),
    paradigm: z.enum(["zero", "few", "tuned"]),
  }),
  /** Reviewed notes, those changed last first, at most 1,000. */
  "evaluation.notes": nothing,
  "evaluation.state": nothing,
  /** Answers at once; the event `evaluation` tells how far it is. */
  "evaluation.start": evaluationRequest,
  "evaluation.cancel": nothing,
  /** Finished comparisons, latest first. */
  "evaluation.list": nothing,
  "evaluation.delete": z.strictObject({ evaluationId: z.number().int().positive() }),
  /** Saved as by `export.save`. */
  "evaluation.export": z.strictObject({
    evaluationId: z.number().int().positive(),
    format: z.enum(evaluationFormats),
  }),
  ...exampleRequests,
  "settings.get": nothing,
  "settings.set": settings,
  "about.get": nothing,
  /** Asks the engine, which takes it a second. */
  "about.processors": nothing,
} as const;

export type Method = keyof typeof requests;
export type RequestOf<M extends Method> = z.input<(typeof requests)[M]>;
/** A request after its schema: what a handler may rely on. */
export type ParsedRequest<M extends Method> = z.output<(typeof requests)[M]>;

/** What each method answers with when it succeeds. */
export type Answers = {
  "cases.list": { readonly total: number; readonly cases: readonly CaseRow[] };
  "cases.get": { readonly case: CaseRow; readonly documents: readonly DocumentRow[] };
  "cases.rename": CaseRow;
  "cases.delete": { readonly documents: number; readonly runs: number; readonly corrections: number };
  "notes.import": readonly ImportFate[];
  "notes.importByDialog": readonly ImportFate[];
  "notes.importExample": readonly ImportFate[];
  "documents.get": DocumentView;
  "documents.replies": readonly Reply[];
  "queue.get": QueueState;
  "queue.start": QueueState;
  "queue.cancel": QueueState;
  "queue.pause": QueueState;
  "queue.resume": QueueState;
  "queue.retry": QueueState;
  "queue.clearFinished": QueueState;
  "review.apply": DocumentView;
  "review.undo": DocumentView;
  "review.redo": DocumentView;
  "export.preview": {
    readonly files: readonly ExportFile[];
    /** Notes in them; those that were never read, or for a pack not reviewed to the end, are left out. */
    readonly documents: number;
    readonly entities: number;
  };
  "export.save": {
    readonly saved: boolean | null;
    readonly files: readonly ExportFile[];
    readonly record: ExportRecord | null;
  };
  "export.drag": { readonly started: boolean };
  "export.history": readonly ExportRecord[];
  "models.list": ModelsState;
  "models.checkByDialog": ModelReport | null;
  "models.upload": ModelReport | null;
  "models.add": ModelsState;
  "models.remove": ModelsState;
  "models.choose": ModelsState;
  "evaluation.notes": readonly GoldNote[];
  "evaluation.state": EvaluationState;
  "evaluation.start": EvaluationState;
  "evaluation.cancel": EvaluationState;
  "evaluation.list": readonly EvaluationResult[];
  "evaluation.delete": readonly EvaluationResult[];
  "evaluation.export": { readonly saved: boolean | null; readonly files: readonly ExportFile[] };
  "examples.list": ExamplesPage;
  "examples.state": BankState;
  "examples.index": BankState;
  "examples.import": ExamplesImport;
  "examples.importReviewed": ExamplesImport;
  "examples.edit": StoredExample;
  "examples.relabel": Record<string, never>;
  "examples.readForAll": Record<string, never>;
  "examples.mark": Record<string, never>;
  "examples.delete": Record<string, never>;
  "examples.used": ExamplesUsed | null;
  "examples.rerun": QueueState;
  "settings.get": Settings;
  "settings.set": Settings;
  "about.get": About;
  "about.processors": Processors;
};

export type AnswerOf<M extends Method> = Answers[M];
