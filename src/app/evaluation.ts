import type { EvaluatedRow, EvaluationResult, EvaluationRow, EvaluationState } from "#contract/evaluation.ts";
import type { ParsedRequest } from "#contract/methods.ts";
import { NotegrainError, toPlainError } from "#core/errors.ts";
import type { ExtractSettings } from "#core/pipeline.ts";
import type { RunPlan } from "#core/storePort.ts";
import { askedTypes } from "./askedTypes.ts";
import { type EvaluatedRun, evaluateRuns, type RunRow } from "./evaluateRuns.ts";
import { type FewShot, planExamples } from "./fewShot.ts";
import type { AppContext } from "./handlers.ts";
import type { ModelChoice, PlannedModel } from "./modelChoice.ts";
import { type ReviewedGold, reviewedGold } from "./reviewedNotes.ts";
import { readSettings } from "./settings.ts";
import { createThrottle } from "./throttle.ts";

/** Compares systems on reviewed notes, one comparison at a time; the queue waits meanwhile. */
export type EvaluationJob = {
  state(): EvaluationState;
  /**
   * Begins, and answers at once; while one is under way, nothing new begins.
   * @throws NG-MODEL-MISSING, NG-NO-TYPES, NG-NOT-READ, NG-UNREVIEWED, NG-SCHEMA, NG-NOT-FOUND
   */
  start(request: ParsedRequest<"evaluation.start">): Promise<EvaluationState>;
  cancel(): EvaluationState;
  /** Those that were kept, latest first. */
  results(): readonly EvaluationResult[];
  close(): Promise<void>;
};

/** Rows with the runs that they stand for, and what is asked of all of them. */
type Planned = ReviewedGold & {
  readonly rows: readonly { readonly row: EvaluationRow; readonly plan: RunPlan }[];
};

/** What the store keeps of a result. */
type StoredResult = Omit<EvaluationResult, "id" | "at">;

const idle: EvaluationState = { phase: "idle", row: null, rows: 0, done: 0, documents: 0, error: null };

export function createEvaluation(context: AppContext, choice: ModelChoice, examples: FewShot): EvaluationJob {
  const { store, events } = context;
  let state = idle;
  let stop = new AbortController();
  let working: Promise<void> = Promise.resolve();
  const tell = createThrottle(
    () => events.emit("evaluation", state),
    () => 100,
  );

  function moved(change: Partial<EvaluationState>): EvaluationState {
    state = { ...state, ...change };
    tell.call();
    return state;
  }

  /** Rows as runs that could begin now, and what all of them can be asked for. */
  async function plan(rows: readonly EvaluationRow[], reviewed: ReviewedGold): Promise<Planned> {
    const { models } = await choice.state();
    const settings = readSettings(store);
    const planned = await Promise.all(
      rows.map(async (row) => {
        const select = row.select ?? settings.select;
        return { row, plan: planExamples(await choice.plan(row), { ...settings, select }) };
      }),
    );
    const asked = rows.map(({ modelId }) => {
      const report = models.find(({ id }) => id === modelId)?.report;
      return report ? askedTypes(reviewed, report).types : [];
    });
    const types = reviewed.types.filter((type) => asked.every((list) => list.includes(type)));
    if (types.length === 0) throw new NotegrainError("NG-SCHEMA", {});
    const ownTypes = reviewed.ownTypes.filter(({ name }) => types.includes(name));
    return { rows: planned, gold: reviewed.gold, types, ownTypes };
  }

  /** The rows in the order asked, those with the same weights as one model. */
  function rowsToRead({ rows, types, ownTypes }: Planned): RunRow<PlannedModel>[] {
    const models = new Map<string, PlannedModel>();
    return rows.map(({ plan: run }, index) => {
      const weights = `${run.modelSha256} ${run.adapterSha256}`;
      const model = models.get(weights) ?? run;
      models.set(weights, model);
      const settings = async () => ({ ...(await withExamples(run)), types, ownTypes });
      return { spec: String(index), settings, model };
    });
  }

  /** With the bank that new notes are read with; examples of the note itself are never shown. */
  async function withExamples(run: RunPlan): Promise<ExtractSettings> {
    const settings = await examples.settings(run);
    if (settings.fewShot?.bank.size === 0) {
      const reason = "it holds no examples that can be shown";
      throw new NotegrainError("NG-BANK", { name: settings.fewShot.bank.name, reason });
    }
    return settings;
  }

  async function work(planned: Planned): Promise<void> {
    const { signal } = stop;
    const { gold, types } = planned;
    const rows = rowsToRead(planned);
    const move = (change: Partial<EvaluationState>) => {
      if (!signal.aborted) moved(change);
    };
    const reading = choice.alone(async () => {
      signal.throwIfAborted();
      move({ phase: "reading" });
      return evaluateRuns(gold, rows, {
        types,
        language: "auto",
        date: context.now().toISOString(),
        signal,
        open: choice.open,
        onDone: (spec, done) => move({ row: Number(spec), done }),
        onCompare: () => move({ phase: "comparing" }),
      });
    });
    // Whoever calls it off need not wait for a turn, or for the model to stop.
    const { runs, comparisons } = await Promise.race([reading, rejectedBy(signal)]);
    const { models } = await choice.state();
    const nameOf = (id: string | null) => models.find((model) => model.id === id)?.report.name ?? null;
    const kept: StoredResult = {
      documentIds: gold.map(({ name }) => name),
      types,
      rows: planned.rows.flatMap(({ row, plan: run }, index) => {
        const outcome = runs[index];
        return outcome ? [evaluatedRow(row, run, nameOf(row.adapterId), outcome)] : [];
      }),
      comparisons,
    };
    store.keepEvaluation(kept);
  }

  return {
    state: () => state,

    async start({ documentIds, rows }) {
      if (state.phase !== "idle") return state;
      const reviewed = reviewedGold(store, [...new Set(documentIds)]);
      stop = new AbortController();
      moved({ ...idle, phase: "waiting", rows: rows.length, documents: reviewed.gold.length });
      try {
        working = work(await plan(rows, reviewed)).then(
          () => void moved(idle),
          (thrown: unknown) => {
            const error = toPlainError(thrown);
            moved({ ...idle, error: error.code === "NG-CANCELLED" ? null : error });
          },
        );
      } catch (error) {
        moved(idle);
        throw error;
      }
      return state;
    },

    cancel() {
      stop.abort();
      return state;
    },

    results: () =>
      store
        .evaluations()
        .map(({ evaluationId, at, result }) => ({ id: evaluationId, at, ...(result as StoredResult) })),

    async close() {
      tell.stop();
      stop.abort();
      await working;
    },
  };
}

function evaluatedRow(
  row: EvaluationRow,
  { model, modelSha256, adapterSha256 }: RunPlan,
  adapter: string | null,
  { evaluation, error }: EvaluatedRun,
): EvaluatedRow {
  const system = { ...row, model, adapter, modelSha256, adapterSha256 };
  if (evaluation === null) return { ...system, secondsPerDocument: 0, scores: null, error };
  const { secondsPerDocument, run: _, ...scores } = evaluation;
  return { ...system, secondsPerDocument, scores, error: null };
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new NotegrainError("NG-CANCELLED"));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
