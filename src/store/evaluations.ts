import type { StorePort } from "#core/storePort.ts";
import { present, type StoreContext, timestamp } from "./context.ts";

/** Kept comparisons of systems. What they hold is the business of whoever made them. */
export function evaluationCalls(
  context: StoreContext,
): Pick<StorePort, "keepEvaluation" | "evaluations" | "deleteEvaluation"> {
  const { sql } = context;
  return {
    keepEvaluation: (result) =>
      sql.run("INSERT INTO evaluations (at, result) VALUES (?, ?)", [
        timestamp(context),
        JSON.stringify(result),
      ]),

    evaluations: () =>
      sql
        .all<{ evaluationId: number; at: string; result: string }>(
          "SELECT id AS evaluationId, at, result FROM evaluations ORDER BY id DESC",
        )
        .map((row) => ({ ...row, result: JSON.parse(row.result) as unknown })),

    deleteEvaluation: (evaluationId) =>
      sql.atomically(() => {
        present(
          sql.one("SELECT 1 FROM evaluations WHERE id = ?", [evaluationId]),
          "evaluation",
          evaluationId,
        );
        sql.run("DELETE FROM evaluations WHERE id = ?", [evaluationId]);
      }),
  };
}
