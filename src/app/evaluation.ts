import type { EvaluatedRow, EvaluationResult, EvaluationRow, EvaluationState } from "#contract/evaluation.ts";
import type { ParsedRequest } from "#contract/methods.ts";
import { NotegrainError, toPlainError } from "#core/errors.ts";
import type { RunPlan } from "#core/storePort.ts";
import { type EvaluatedRun, evaluateRuns } from "./evaluateRuns.ts";
import { evaluationPlanner, type PlannedEvaluation } from "./evaluationPlan.ts";
import type { FewShot } from "./fewShot.ts";
import type { AppContext } from "./handlers.ts";
import type { ModelChoice } from "./modelChoice.ts";
import { reviewedGold } from "./reviewedNotes.ts";
import { createThrottle } from "./throttle.ts";

/** Compares systems on reviewed notes, one comparison at a time; the queue waits meanwhile. */
export type EvaluationJob = {
  state(): EvaluationState;
  /**
   * Begins, and answers at once; while one is under way, nothing new begins.
   * @throws NG-MODEL-MISSING, NG-NO-TYPES, NG-NOT-READ, NG-UNREVIEWED, NG-SCHEMA, NG-LEARNED, NG-NOT-FOUND
   */
  start(request: ParsedRequest<"evaluation.start">): Promise<EvaluationState>;
  cancel(): EvaluationState;
  /** Those that were kept, latest first. */
  results(): readonly EvaluationResult[];
  close(): Promise<void>;
};

/** What the store keeps of a result. */
type StoredResult = Omit<EvaluationResult, "id" | "at">;

const idle: EvaluationState = { phase: "idle", row: null, rows: 0, done: 0, documents: 0, error: null };

export function createEvaluation(context: AppContext, choice: ModelChoice, fewShot: FewShot): EvaluationJob {
  const { store, events } = context;
  const planner = evaluationPlanner(context, choice, fewShot);
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

  async function work(planned: PlannedEvaluation): Promise<void> {
    const { signal } = stop;
    const { gold, types } = planned;
    const rows = planner.rowsToRead(planned);
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
      leftOut: planned.leftOut,
      types,
      rows: planned.rows.flatMap(({ row, plan: run, learned }, index) => {
        const outcome = runs[index];
        return outcome ? [{ ...evaluatedRow(row, run, nameOf, outcome), learned }] : [];
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
        const planned = await planner.plan(rows, reviewed);
        moved({ documents: planned.gold.length });
        working = work(planned).then(
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
  nameOf: (id: string | null) => string | null,
  run: EvaluatedRun,
): EvaluatedRow {
  const [adapter, selector] = [nameOf(row.adapterId), nameOf(row.selectorId)];
  const system = { ...row, model, adapter, selector, modelSha256, adapterSha256 };
  if (run.evaluation === null) return { ...system, secondsPerDocument: 0, scores: null, error: run.error };
  const { secondsPerDocument, run: _, ...scores } = run.evaluation;
  return { ...system, unread: run.unread, secondsPerDocument, scores, error: null };
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new NotegrainError("NG-CANCELLED"));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
