import { z } from "zod";
import type { ExampleSpan, ShownExamples } from "#core/entity/example.ts";
import type { ReadGroup } from "#core/entity/readFor.ts";
import type { PlainError } from "#core/errors.ts";
import type { StoredExample } from "#core/exampleStore.ts";
import type { ExampleFault, UnfitExample } from "#core/examples/checkExamples.ts";
import type { LabelCount } from "#core/examples/labels.ts";

const id = z.string().min(1).max(200);
const ids = z.array(id).min(1).max(100_000);
const offset = z.number().int().nonnegative();

/** The requests of the example bank. */
export const exampleRequests = {
  "examples.list": z.strictObject({
    search: z.string().max(1000),
    type: id.nullable(),
    marked: z.enum(["pinned", "banned"]).nullable(),
    offset,
    limit: z.number().int().min(1).max(1000),
  }),
  /** What is wrong with the bank, if anything. Opens the encoder where the way that is chosen needs it. */
  "examples.state": z.strictObject({}),
  /** Makes the vectors that are missing; the event `examples` tells how far it is. */
  "examples.index": z.strictObject({}),
  /** Annotated files by their bytes: brat (NAME.ann beside NAME.txt) and IOB. */
  "examples.import": z.strictObject({
    files: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(1000),
          bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
        }),
      )
      .min(1)
      .max(100_000),
  }),
  /** The notes of which a person decided everything; what they gave before and no longer says goes. */
  "examples.importReviewed": z.strictObject({}),
  "examples.edit": z.strictObject({
    id,
    text: z.string().min(1).max(20_000),
    spans: z.array(z.strictObject({ type: id, start: offset, end: offset })).max(1000),
  }),
  /** Gives a type to all marks of a name that is none: corpora have names of their own. */
  "examples.relabel": z.strictObject({ label: id, type: id }),
  /** Says that what counts as read for just these types was read for every type. */
  "examples.readForAll": z.strictObject({ types: z.array(id).max(1000) }),
  "examples.mark": z.strictObject({
    ids,
    isPinned: z.boolean().optional(),
    isBanned: z.boolean().optional(),
  }),
  "examples.delete": z.strictObject({ ids }),
  /** Those that the latest run of a note was shown; null where it was shown none. */
  "examples.used": z.strictObject({ documentId: id }),
  /** Reads a note again without some of them. */
  "examples.rerun": z.strictObject({ documentId: id, without: ids }),
} as const;

export type ExamplesPage = {
  /** Of those asked for. */
  readonly total: number;
  /** Of the whole bank. */
  readonly size: number;
  readonly examples: readonly StoredExample[];
};

/** What became of an import. */
export type ExamplesImport = {
  readonly added: number;
  /** Those that were there already. */
  readonly known: number;
  /** Of the new ones, those that say almost the same as an older or another new one. */
  readonly nearDuplicates: number;
  /** What could not be used, and why: files, and examples by their number, a file at a time. */
  readonly errors: readonly PlainError[];
  /** The examples among it, the first hundred. */
  readonly unfit: readonly UnfitRow[];
};

/** An example whose spans do not fit its text. */
export type UnfitRow = {
  /** The file or note that it is from. */
  readonly name: string;
  readonly text: string;
  readonly spans: readonly ExampleSpan[];
  readonly fault: ExampleFault;
};

/** What keeps examples of the bank from being shown, or from being found. */
export type BankState = {
  /** How many do not fit their text. */
  readonly unfitTotal: number;
  /** The first hundred of them. */
  readonly unfit: readonly UnfitExample<StoredExample>[];
  /** Names at marks that are neither built-in types nor the user's own: no model is shown these marks. */
  readonly foreignLabels: readonly LabelCount[];
  /** Examples that were read for some types only; they are not shown where others are wanted too. */
  readonly readGroups: readonly ReadGroup[];
  /** Of the way that is chosen, where it looks at vectors; else null. */
  readonly vectors: VectorsState | null;
};

/** How far the vectors of the bank are, or why there can be none. */
export type VectorsState =
  | {
      /** Numbers in a vector of the encoder. */
      readonly dimension: number;
      /** Numbers in a vector that another encoder made; null where none is kept. */
      readonly otherDimension: number | null;
      /** Examples whose vector is still to be made. */
      readonly missing: number;
      /** While they are made. */
      readonly indexing: IndexingState | null;
      readonly error: null;
    }
  | { readonly error: PlainError };

export type IndexingState = { readonly done: number; readonly total: number };

/** An example that a note was read with; null where it is no longer in the bank. */
export type UsedRow = ShownExamples["used"][number] & { readonly example: StoredExample | null };

export type ExamplesUsed = Omit<ShownExamples, "used"> & { readonly used: readonly UsedRow[] };

export type { StoredExample } from "#core/exampleStore.ts";
