import type { NoteDocument } from "#core/document/noteDocument.ts";
import { foldCorrections, type LogEntry, readLog } from "#core/entity/corrections.ts";
import { type Entity, isKept } from "#core/entity/entity.ts";
import type { Section } from "#core/entity/extraction.ts";
import type { StorePort } from "#core/storePort.ts";
import { present, type StoreContext, timestamp } from "./context.ts";
import { readEntities } from "./entityRows.ts";
import { planOf, type RunRow, SELECT_RUN, storedRun } from "./runRows.ts";
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

  function finishedRun(runId: number) {
    const row = sql.one<
      RunRow & {
        sections: string;
        case_id: number;
        name: string;
        text: string;
        sha256: string;
        language: NoteDocument["language"];
      }
    >(
      `${SELECT_RUN.replace("SELECT", "SELECT sections, case_id, name, text, sha256, language,")}
       WHERE runs.id = ? AND state = 'done'`,
      [runId],
    );
    return present(row, "finished run", runId);
  }

  /** Appends to the log what still folds, and counts again what stands. */
  function append(runId: number, entry: LogEntry): void {
    const { text, case_id: caseId } = finishedRun(runId);
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
      const { result } = storedRun(row);
      const { seconds, tokensPerSecond, coverage, date } = present(
        result ?? undefined,
        "result of run",
        runId,
      );
      const entities = readEntities(sql, runId, row.text);
      return {
        document: {
          id: row.document_id,
          name: row.name,
          text: row.text,
          sha256: row.sha256,
          language: row.language,
        },
        run: { ...info, seconds, tokensPerSecond },
        coverage,
        sections: JSON.parse(row.sections) as Section[],
        entities: corrected ? foldCorrections(row.text, entities, logOf(runId)) : entities,
        date,
      };
    },
  };
}
