import { isKept } from "#core/entity/entity.ts";
import { NotegrainError } from "#core/errors.ts";
import type { RunState, StorePort } from "#core/storePort.ts";
import { present, type StoreContext, timestamp } from "./context.ts";
import { readDocument } from "./documentRows.ts";
import { writeEntities } from "./entityRows.ts";
import { isProcessAlive, processToken } from "./processToken.ts";
import { writeReplies } from "./replyRows.ts";
import { planColumns, planOf, type RunRow, SELECT_RUN, storedRun } from "./runRows.ts";
import { writeShown } from "./shownExamples.ts";
import { summarizeCase } from "./summarizeCase.ts";

type RunCalls = Pick<
  StorePort,
  | "queueRun"
  | "beginRun"
  | "startRun"
  | "finishRun"
  | "failRun"
  | "cancelRun"
  | "requeueRun"
  | "unfinishedRuns"
  | "getRun"
  | "latestRun"
  | "findCompleteRun"
>;

/** The life of a run: queued → running → done, failed or cancelled. */
export function runCalls(context: StoreContext): RunCalls {
  const { sql } = context;

  const runRow = (runId: number): RunRow =>
    present(sql.one<RunRow>(`${SELECT_RUN} WHERE runs.id = ?`, [runId]), "run", runId);

  /** Moves a run that is in one of the states `from` on to `state`, with the columns of `more`. */
  function move(
    runId: number,
    state: RunState,
    more: Readonly<Record<string, unknown>>,
    from: readonly RunState[] = ["queued", "running"],
  ): void {
    const { state: before, case_id: caseId } = runRow(runId);
    if (!from.includes(before)) {
      throw new NotegrainError("NG-REQUEST", {
        method: "run",
        reason: "RUN-STATE",
        run: runId,
        state: before,
      });
    }
    const columns = { state, ...more };
    const assignments = Object.keys(columns).map((column) => `${column} = @${column}`);
    sql.run(`UPDATE runs SET ${assignments.join(", ")} WHERE id = @id`, { ...columns, id: runId });
    summarizeCase(context, caseId);
  }

  const queueRun: StorePort["queueRun"] = (documentId, plan) =>
    sql.atomically(() => {
      const found = sql.one<{ number: number; case_id: number }>(
        "SELECT number, case_id FROM documents WHERE id = ?",
        [documentId],
      );
      const document = present(found, "document", documentId);
      const runId = sql.run(
        `INSERT INTO runs (document, state, model, model_sha256, adapter_sha256, paradigm, output_format,
           prompt_sha256, bank, types, settings, created_at)
         VALUES (@document, 'queued', @model, @model_sha256, @adapter_sha256, @paradigm, @output_format,
           @prompt_sha256, @bank, @types, @settings, @at)`,
        { ...planColumns(plan), document: document.number, at: timestamp(context) },
      );
      summarizeCase(context, document.case_id);
      return runId;
    });

  const beginRun: StorePort["beginRun"] = (runId) =>
    sql.atomically(() => move(runId, "running", { process: processToken() }, ["queued"]));

  return {
    getRun: (runId) => storedRun(runRow(runId)),
    queueRun,
    beginRun,
    startRun: (documentId, plan) =>
      sql.atomically(() => {
        const runId = queueRun(documentId, plan);
        beginRun(runId);
        return runId;
      }),

    finishRun: (runId, extraction) =>
      sql.atomically(() => {
        const { run, entities } = extraction;
        const row = runRow(runId);
        const { text } = readDocument(sql, row.document_id);
        const kept = entities.filter(isKept);
        move(runId, "done", {
          ...planColumns({ ...run, settings: planOf(row).settings }),
          process: null,
          finished_at: timestamp(context),
          seconds: run.seconds,
          tokens_per_second: run.tokensPerSecond,
          coverage: extraction.coverage,
          date: extraction.date,
          language: extraction.document.language,
          sections: JSON.stringify(extraction.sections),
          found: entities.length,
          kept: kept.length,
          proposed: kept.filter((entity) => entity.status === "proposed").length,
        });
        writeEntities(sql, runId, text, entities);
        writeReplies(sql, runId, extraction.replies ?? []);
        writeShown(sql, runId, extraction.examples);
      }),

    failRun: (runId, error) =>
      sql.atomically(() =>
        move(runId, "failed", {
          process: null,
          finished_at: timestamp(context),
          error: JSON.stringify({ code: error.code, params: error.params }),
        }),
      ),

    cancelRun: (runId) =>
      sql.atomically(() => move(runId, "cancelled", { process: null, finished_at: timestamp(context) })),

    requeueRun: (runId) => sql.atomically(() => move(runId, "queued", { process: null })),

    unfinishedRuns: () =>
      sql
        .all<RunRow>(`${SELECT_RUN} WHERE state IN ('queued', 'running') ORDER BY runs.id`)
        .filter((row) => row.process === null || !isProcessAlive(row.process))
        .map(storedRun),

    latestRun: (documentId) => {
      const row = sql.one<RunRow>(
        `${SELECT_RUN} WHERE documents.id = ? AND state = 'done' ORDER BY runs.id DESC LIMIT 1`,
        [documentId],
      );
      return row ? storedRun(row) : null;
    },

    findCompleteRun: (note, plan) => {
      const row = sql.one<RunRow>(
        `${SELECT_RUN}
         WHERE sha256 = @sha256 AND (@name IS NULL OR name = @name) AND state = 'done'
           AND model_sha256 = @model_sha256 AND adapter_sha256 IS @adapter_sha256
           AND prompt_sha256 = @prompt_sha256 AND paradigm = @paradigm AND output_format = @output_format
           AND bank IS @bank AND types = @types AND settings = @settings
         ORDER BY runs.id DESC LIMIT 1`,
        { ...planColumns(plan), sha256: note.sha256, name: note.name ?? null },
      );
      return row ? storedRun(row) : null;
    },
  };
}
