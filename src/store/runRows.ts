import type { Language } from "#core/document/noteDocument.ts";
import type { OutputFormat, Paradigm } from "#core/entity/extraction.ts";
import type { SelectorRun } from "#core/entity/selector.ts";
import type { PlainError } from "#core/errors.ts";
import type { RunPlan, RunSettings, RunState, StoredRun } from "#core/storePort.ts";

/** A row of `runs`, with the id of its document and that of its case. */
export type RunRow = PlanColumns & {
  readonly id: number;
  readonly document_id: string;
  readonly case_id: number;
  readonly process: string | null;
  readonly state: RunState;
  readonly created_at: string;
  readonly finished_at: string | null;
  readonly error: string | null;
  readonly seconds: number | null;
  readonly tokens_per_second: number | null;
  readonly coverage: number | null;
  readonly date: string | null;
  readonly language: Language | null;
  readonly sections: string | null;
  readonly found: number | null;
  readonly kept: number | null;
  readonly proposed: number | null;
};

export type PlanColumns = {
  readonly model: string;
  readonly model_sha256: string;
  readonly adapter_sha256: string | null;
  readonly paradigm: Paradigm;
  readonly output_format: OutputFormat;
  readonly prompt_sha256: string;
  readonly bank: string | null;
  readonly types: string;
  readonly settings: string;
};

/** The columns of `RunRow`; to be followed by a condition. */
export const SELECT_RUN = `
  SELECT runs.id, documents.id AS document_id, case_id, process, state, model, model_sha256, adapter_sha256, paradigm,
    output_format, prompt_sha256, bank, types, settings, created_at, finished_at, error, seconds,
    tokens_per_second, coverage, date, runs.language, sections, found, kept, proposed
  FROM runs JOIN documents ON documents.number = runs.document`;

/** The ids of the runs over the notes of the case `@caseId`. */
export const RUNS_OF_CASE =
  "SELECT runs.id FROM runs JOIN documents ON number = document WHERE case_id = @caseId";

/** Under this name the settings hold the selector of a run that has one. */
const SELECTOR = "run.selector";

export function planColumns(plan: RunPlan): PlanColumns {
  return {
    model: plan.model,
    model_sha256: plan.modelSha256,
    adapter_sha256: plan.adapterSha256,
    paradigm: plan.paradigm,
    output_format: plan.outputFormat,
    prompt_sha256: plan.promptSha256,
    bank: plan.bank,
    types: JSON.stringify(plan.types),
    settings: canonical({
      ...plan.settings,
      ...(plan.selector && { [SELECTOR]: JSON.stringify(plan.selector) }),
    }),
  };
}

export function planOf(row: PlanColumns): RunPlan {
  const { [SELECTOR]: selector, ...settings }: RunSettings = JSON.parse(row.settings);
  return {
    model: row.model,
    modelSha256: row.model_sha256,
    adapterSha256: row.adapter_sha256,
    paradigm: row.paradigm,
    outputFormat: row.output_format,
    promptSha256: row.prompt_sha256,
    bank: row.bank,
    types: JSON.parse(row.types),
    ...(typeof selector === "string" && { selector: JSON.parse(selector) as SelectorRun }),
    settings,
  };
}

export function storedRun(row: RunRow): StoredRun {
  const { seconds, tokens_per_second: tokensPerSecond, coverage, date, found: entities } = row;
  const { kept, proposed } = row;
  const isComplete =
    seconds !== null &&
    tokensPerSecond !== null &&
    coverage !== null &&
    date !== null &&
    entities !== null &&
    kept !== null &&
    proposed !== null;
  return {
    runId: row.id,
    documentId: row.document_id,
    state: row.state,
    plan: planOf(row),
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    error: row.error === null ? null : (JSON.parse(row.error) as PlainError),
    result: isComplete ? { seconds, tokensPerSecond, coverage, date, entities, kept, proposed } : null,
  };
}

/** Equal settings have equal text, in whatever order they were written. */
function canonical(settings: RunSettings): string {
  return JSON.stringify(Object.fromEntries(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1))));
}
