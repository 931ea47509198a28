import { type Unread, unreadOf } from "#core/entity/readFor.ts";
import { type PlainError, toPlainError } from "#core/errors.ts";
import {
  comparePairs,
  correctPairs,
  type PredictedRun,
  type RunComparison,
} from "#core/evaluate/compareRuns.ts";
import type { GoldDocument } from "#core/evaluate/gold.ts";
import type { ExtractSettings } from "#core/pipeline.ts";
import type { InferencePort } from "#core/ports.ts";
import { breathe } from "./breathe.ts";
import { type Evaluation, evaluationOf, predictGold } from "./evaluateGold.ts";
import type { ManyOptions } from "./extractMany.ts";

/** One row of a table that compares systems on the same documents. */
export type RunRow<Model> = {
  /** Its name in the table; each has its own. */
  readonly spec: string;
  /** What is asked of the model: called when the row's turn comes, since a bank may have to be opened for it. */
  settings(): ExtractSettings | Promise<ExtractSettings>;
  /** Rows of one model are read one after the other, so that it is opened once. */
  readonly model: Model;
};

/** What became of a row. One that cannot be read does not stop the others. */
export type EvaluatedRun = { readonly spec: string } & (
  | {
      readonly evaluation: Evaluation;
      /** Examples of its bank that were not read for all types; null where it is shown none. */
      readonly unread: Unread | null;
      readonly error: null;
    }
  | { readonly evaluation: null; readonly error: PlainError }
);

/** The rows in the order asked, and every pair of those that were read. */
export type EvaluatedRuns = {
  readonly runs: readonly EvaluatedRun[];
  readonly comparisons: readonly RunComparison[];
};

export type RunsOptions<Model> = Omit<ManyOptions, "skip" | "onRead"> & {
  /** The schema: the same for every row, or F1 would not compare. */
  readonly types: readonly string[];
  /** Loads the model of the rows to come; that of the rows before is no longer needed. */
  open(model: Model): Promise<InferencePort>;
  /** Called after each document with the row in hand and how many documents of it are read. */
  readonly onDone?: (spec: string, documents: number) => void;
  /** Called when everything is read and pairs are compared. */
  readonly onCompare?: () => void;
};

/**
 * The paradigm table: every row reads the same gold documents and is scored; then all pairs are compared.
 * @throws NG-CANCELLED; NG-GOLD where two documents have one name
 */
export async function evaluateRuns<Model>(
  gold: readonly GoldDocument[],
  rows: readonly RunRow<Model>[],
  { types, open, onDone = () => {}, onCompare = () => {}, ...reading }: RunsOptions<Model>,
): Promise<EvaluatedRuns> {
  const done = new Map<string, EvaluatedRun>();
  const predicted: PredictedRun[] = [];
  for (const model of new Set(rows.map((row) => row.model))) {
    let port: InferencePort | null = null;
    for (const { spec, settings } of rows.filter((row) => row.model === model)) {
      try {
        port ??= await open(model);
        const asked = { ...(await settings()), types };
        const prediction = await predictGold(port, gold, asked, reading, (documents) =>
          onDone(spec, documents),
        );
        predicted.push({ spec, predicted: prediction.predicted });
        const evaluation = evaluationOf(gold, prediction, types);
        const unread = asked.fewShot ? unreadOf(asked.fewShot.bank, asked) : null;
        done.set(spec, { spec, evaluation, unread, error: null });
      } catch (thrown) {
        const error = toPlainError(thrown);
        if (error.code === "NG-CANCELLED" || error.code === "NG-GOLD") throw thrown;
        done.set(spec, { spec, evaluation: null, error });
      }
      await breathe();
    }
  }
  onCompare();
  const inOrder = rows.flatMap(({ spec }) => predicted.find((run) => run.spec === spec) ?? []);
  const pairs = [];
  for (const pair of comparePairs(gold, inOrder, { types })) {
    pairs.push(pair);
    await breathe();
  }
  return { runs: rows.flatMap(({ spec }) => done.get(spec) ?? []), comparisons: correctPairs(pairs) };
}
