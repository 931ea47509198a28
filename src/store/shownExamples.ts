import type { ShownExamples } from "#core/entity/example.ts";
import type { Statements } from "./statements.ts";

/** Which examples a run was shown; null where its paradigm shows none. */
export function readShown(sql: Statements, runId: number): ShownExamples | null {
  const row = sql.one<{ shown: string }>("SELECT shown FROM run_examples WHERE run = ?", [runId]);
  return row ? (JSON.parse(row.shown) as ShownExamples) : null;
}

export function writeShown(sql: Statements, runId: number, shown: ShownExamples | undefined): void {
  if (shown) {
    sql.run("INSERT INTO run_examples (run, shown) VALUES (?, ?)", [runId, JSON.stringify(shown)]);
  }
}
