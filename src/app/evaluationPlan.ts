import type { EvaluationRow } from "#contract/evaluation.ts";
import { NotegrainError } from "#core/errors.ts";
import type { ExtractSettings } from "#core/pipeline.ts";
import type { RunPlan } from "#core/storePort.ts";
import { askedTypes, taughtIn } from "./askedTypes.ts";
import type { RunRow } from "./evaluateRuns.ts";
import { type FewShot, planExamples } from "./fewShot.ts";
import type { AppContext } from "./handlers.ts";
import type { ModelChoice, PlannedModel } from "./modelChoice.ts";
import type { ReviewedGold } from "./reviewedNotes.ts";
import { readSettings } from "./settings.ts";
import { unlearnedGold } from "./unlearnedGold.ts";

/** Rows with the runs that they stand for, and what is asked of all of them. */
export type PlannedEvaluation = ReviewedGold & {
  readonly rows: readonly {
    readonly row: EvaluationRow;
    readonly plan: RunPlan;
    /** Of the chosen notes, those that it learned, as `UnlearnedGold` tells. */
    readonly learned: number | null;
  }[];
  /** Chosen notes that are not in the gold: one of the rows learned them. */
  readonly leftOut: readonly string[];
};

/** Makes the rows of a comparison into runs like those of the queue, on the same notes and for the same types. */
export type EvaluationPlanner = {
  /** @throws NG-MODEL-MISSING, NG-NO-TYPES, NG-SCHEMA, NG-LEARNED */
  plan(rows: readonly EvaluationRow[], reviewed: ReviewedGold): Promise<PlannedEvaluation>;
  /** In the order asked, those with the same weights as one model. */
  rowsToRead(planned: PlannedEvaluation): RunRow<PlannedModel>[];
};

export function evaluationPlanner(
  { store, models: library }: AppContext,
  choice: ModelChoice,
  fewShot: FewShot,
): EvaluationPlanner {
  /** Rows as runs that could begin now, and what all of them can be asked for. */
  async function plan(rows: readonly EvaluationRow[], reviewed: ReviewedGold): Promise<PlannedEvaluation> {
    const { models } = await choice.state();
    const settings = readSettings(store);
    const planned = await Promise.all(
      rows.map(async (row) => {
        const select = row.select ?? settings.select;
        return { row, plan: planExamples(await choice.plan(row), { ...settings, select }) };
      }),
    );
    const asked = rows.map((row) => {
      const report = models.find(({ id }) => id === row.modelId)?.report;
      return report ? askedTypes(reviewed, report, taughtIn(row, models)).types : [];
    });
    const types = reviewed.types.filter((type) => asked.every((list) => list.includes(type)));
    if (types.length === 0) throw new NotegrainError("NG-SCHEMA", {});
    const ownTypes = reviewed.ownTypes.filter(({ name }) => types.includes(name));
    const files = rows.map(({ modelId, adapterId, selectorId }) =>
      [modelId, adapterId, selectorId].filter((id) => id !== null),
    );
    const { gold, leftOut, learned } = await unlearnedGold(reviewed.gold, files, library.learnedTexts);
    return {
      rows: planned.map((row, i) => ({ ...row, learned: learned[i] ?? null })),
      gold,
      leftOut,
      types,
      ownTypes,
    };
  }

  /** The rows in the order asked, those with the same weights as one model. */
  function rowsToRead({ rows, types, ownTypes }: PlannedEvaluation): RunRow<PlannedModel>[] {
    const models = new Map<string, PlannedModel>();
    return rows.map(({ plan: run }, index) => {
      const weights = `${run.modelSha256} ${run.adapterSha256}`;
      const model = models.get(weights) ?? run;
      models.set(weights, model);
      const settings = async () => ({
        ...(await withExamples(run)),
        types,
        ownTypes,
        judging: await choice.judging(run),
      });
      return { spec: String(index), settings, model };
    });
  }

  /** With the bank that new notes are read with; examples of the note itself are never shown. */
  async function withExamples(run: RunPlan): Promise<ExtractSettings> {
    const settings = await fewShot.settings(run);
    if (settings.fewShot?.bank.size === 0) {
      const reason = "BANK-UNSHOWABLE";
      throw new NotegrainError("NG-BANK", { name: settings.fewShot.bank.name, reason });
    }
    return settings;
  }

  return { plan, rowsToRead };
}
