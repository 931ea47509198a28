import { z } from "zod";
import type { ShownExamples } from "#core/entity/example.ts";
import type { PlainError } from "#core/errors.ts";
import type { StoredExample } from "#core/exampleStore.ts";

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
  /** What could not be used, and why. */
  readonly errors: readonly PlainError[];
};

/** An example that a note was read with; null where it is no longer in the bank. */
export type UsedRow = ShownExamples["used"][number] & { readonly example: StoredExample | null };

export type ExamplesUsed = Omit<ShownExamples, "used"> & { readonly used: readonly UsedRow[] };

export type { StoredExample } from "#core/exampleStore.ts";
