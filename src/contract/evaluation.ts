import { z } from "zod";
import type { Language } from "#core/document/noteDocument.ts";
import { selectStrategies } from "#core/entity/example.ts";
import type { Unread } from "#core/entity/readFor.ts";
import type { PlainError } from "#core/errors.ts";
import type { RunComparison } from "#core/evaluate/compareRuns.ts";
import type { Scores } from "#core/evaluate/scoreDocuments.ts";

const id = z.string().min(1).max(200);

/** One system to compare: a model, perhaps with an adapter and a selector, and how it is taught. */
export const evaluationRow = z
  .strictObject({
    modelId: id,
    adapterId: id.nullable(),
    /** Who judges what was found; null where nobody does. */
    selectorId: id.nullable().default(null),
    paradigm: z.enum(["zero", "few", "tuned"]),
    /** How examples are chosen; null where none are shown. */
    select: z.enum(selectStrategies).nullable(),
  })
  .refine(({ paradigm, select }) => (paradigm === "few") === (select !== null), { path: ["select"] });
export type EvaluationRow = Readonly<z.output<typeof evaluationRow>>;

export const evaluationRequest = z.strictObject({
  documentIds: z.array(id).min(1).max(1000),
  rows: z
    .array(evaluationRow)
    .min(1)
    .max(12)
    .refine((rows) => new Set(rows.map(rowKey)).size === rows.length),
});

/** Two rows with the same key are the same system. */
export function rowKey({ modelId, adapterId, selectorId, paradigm, select }: EvaluationRow): string {
  return [paradigm, select ?? "", modelId, adapterId ?? "", selectorId ?? ""].join(" ");
}

/** A note of which a person decided every entity, so that it can serve as gold. */
export type GoldNote = {
  readonly documentId: string;
  readonly caseId: string;
  readonly name: string;
  readonly language: Language;
  /** Entities that were accepted, edited or added. */
  readonly entities: number;
};

/** How far a comparison is. */
export type EvaluationState = {
  /** `waiting`: for the note that the queue is reading. */
  readonly phase: "idle" | "waiting" | "reading" | "comparing";
  /** The row in hand, by its place; null before the first. */
  readonly row: number | null;
  readonly rows: number;
  /** Notes of that row that are read. */
  readonly done: number;
  readonly documents: number;
  /** What ended the last one; null where it was finished or none was begun. */
  readonly error: PlainError | null;
};

export type EvaluatedRow = EvaluationRow & {
  /** Names as they were then: a model may be gone by now. */
  readonly model: string;
  readonly adapter: string | null;
  readonly selector: string | null;
  readonly modelSha256: string;
  readonly adapterSha256: string | null;
  /** Of the chosen notes, those that it is known to have learned; null where its files do not say. */
  readonly learned?: number | null;
  /** Examples that were not read for every type of the schema; null where none are shown, absent in earlier results. */
  readonly unread?: Unread | null;
  readonly secondsPerDocument: number;
} & (
    | { readonly scores: Scores; readonly error: null }
    | { readonly scores: null; readonly error: PlainError }
  );

/** A finished comparison. */
export type EvaluationResult = {
  readonly id: number;
  /** ISO 8601. */
  readonly at: string;
  readonly documentIds: readonly string[];
  /** Chosen notes that no system was scored on, since one of them learned them; absent in earlier results. */
  readonly leftOut?: readonly string[];
  /** The schema: types that every chosen note was reviewed for. */
  readonly types: readonly string[];
  readonly rows: readonly EvaluatedRow[];
  /** `first` and `second` are places of rows, as text. */
  readonly comparisons: readonly RunComparison[];
};

export const evaluationFormats = ["csv", "json"] as const;
