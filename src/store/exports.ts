import type { StoredExport, StorePort } from "#core/storePort.ts";
import { present, type StoreContext, timestamp } from "./context.ts";
import { RUNS_OF_CASE } from "./runRows.ts";

/** What left the store. */
export function exportCalls(context: StoreContext): Pick<StorePort, "recordExport" | "exportsOf"> {
  const { sql } = context;
  return {
    recordExport: ({ format, fileName, filter, runIds }) =>
      sql.atomically(() => {
        const exportId = sql.run("INSERT INTO exports (at, format, file_name, filter) VALUES (?, ?, ?, ?)", [
          timestamp(context),
          format,
          fileName,
          filter,
        ]);
        for (const runId of runIds) {
          present(sql.one("SELECT 1 FROM runs WHERE id = ?", [runId]), "run", runId);
          sql.run(
            `INSERT INTO export_runs (export, run, corrections)
             VALUES (@exportId, @runId, (SELECT count(*) FROM corrections WHERE run = @runId))`,
            { exportId, runId },
          );
        }
        return exportId;
      }),

    exportsOf: (caseId) =>
      sql
        .all<Omit<StoredExport, "runs"> & { runs: string }>(
          `SELECT exports.id AS exportId, at, format, file_name AS fileName, filter,
             (SELECT json_group_array(json_object('runId', run, 'corrections', corrections) ORDER BY run)
              FROM export_runs WHERE export = exports.id) AS runs
           FROM exports WHERE id IN (SELECT export FROM export_runs WHERE run IN (${RUNS_OF_CASE}))
           ORDER BY id DESC`,
          { caseId },
        )
        .map((row) => ({ ...row, runs: JSON.parse(row.runs) as StoredExport["runs"] })),
  };
}
