import { foldCorrections, type LogEntry, readLog } from "#core/entity/corrections.ts";
import { type Entity, isKept } from "#core/entity/entity.ts";
import type { Section } from "#core/entity/extraction.ts";
import type { StorePort } from "#core/storePort.ts";
import { present, type StoreContext, timestamp } from "./context.ts";
import { readDocument } from "./documentRows.ts";
import { readEntities } from "./entityRows.ts";
import { readReplies } from "./replyRows.ts";
import { planOf, type RunRow, SELECT_RUN, storedRun } from "./runRows.ts";
import { readShown } from "./shownExamples.ts";
import { summarizeCase } from "./summarizeCase.ts";

type CorrectionCalls = Pick<StorePort, "extraction" | "correct" | "undo" | "redo" | "history">;

/** What a run found, and what people made of it. */
export function correctionCalls(context: StoreContext): CorrectionCalls {
  const { sql } = context;

  const history: StorePort["history"] = (runId) => {
    present(sql.one("SELECT 1 FROM runs WHERE id = ?", [runId]), "run", runId);
    return sql
      .all<{ at: string; entry: string }>("SELECT at, entry FROM corrections WHERE run = ? ORDER BY id", [
        runId,
      ])
      .map(({ at, entry }) => ({ at, entry: JSON.parse(entry) as LogEntry }));
  };

  const logOf = (runId: number): LogEntry[] => history(runId).map(({ entry }) => entry);

  const finishedRun = (runId: number): RunRow =>
    present(
      sql.one<RunRow>(`${SELECT_RUN} WHERE runs.id = ? AND state = 'done'`, [runId]),
      "finished run",
      runId,
    );

  /** Appends to the log what still folds, and counts again what stands. */
  function append(runId: number, entry: LogEntry): void {
    const { document_id: documentId, case_id: caseId } = finishedRun(runId);
    const { text } = readDocument(sql, documentId);
    const entities = foldCorrections(text, readEntities(sql, runId, text), [...logOf(runId), entry]);
    sql.run("INSERT INTO corrections (run, at, entry) VALUES (?, ?, ?)", [
      runId,
      timestamp(context),
      JSON.stringify(entry),
    ]);
    const kept: readonly Entity[] = entities.filter(isKept);
    sql.run("UPDATE runs SET kept = ?, proposed = ? WHERE id = ?", [
      kept.length,
      kept.filter((entity) => entity.status === "proposed").length,
      runId,
    ]);
    summarizeCase(context, caseId);
  }

  const step = (runId: number, kind: "undo" | "redo"): boolean =>
    sql.atomically(() => {
      const { done, undone } = readLog(logOf(runId));
      if ((kind === "undo" ? done : undone).length === 0) return false;
      append(runId, { kind });
      return true;
    });

  return {
    history,
    correct: (runId, changes) =>
      sql.atomically(() => {
        if (changes.length > 0) append(runId, { kind: "step", changes });
      }),
    undo: (runId) => step(runId, "undo"),
    redo: (runId) => step(runId, "redo"),

    extraction: (runId, { corrected = true } = {}) => {
      const row = finishedRun(runId);
      const { settings: _, ...info } = planOf(row);
      const result = present(storedRun(row).result ?? undefined, "result of run", runId);
      const { seconds, tokensPerSecond, coverage, date } = result;
      const document = readDocument(sql, row.document_id);
      const entities = readEntities(sql, runId, document.text);
      const replies = readReplies(sql, runId);
      const examples = readShown(sql, runId);
      return {
        document: { ...document, language: row.language ?? document.language },
        run: { ...info, seconds, tokensPerSecond },
        coverage,
        sections: JSON.parse(row.sections ?? "[]") as Section[],
        entities: corrected ? foldCorrections(document.text, entities, logOf(runId)) : entities,
        ...(replies.length > 0 && { replies }),
        ...(examples && { examples }),
        date,
      };
    },
  };
}
