import type { Database } from "./runtime.ts";

/** Parameters by position, or one object for named ones. */
type Bind = readonly unknown[] | Readonly<Record<string, unknown>>;

/** The few ways in which the store asks its database. Statements are prepared once and kept. */
export type Statements = {
  /** The first row, or undefined. */
  one<Row>(sql: string, bind?: Bind): Row | undefined;
  all<Row>(sql: string, bind?: Bind): Row[];
  /** Answers the number of the row inserted last. */
  run(sql: string, bind?: Bind): number;
  /** Runs `work` as a whole or not at all, and as the one writer. Inside another one it is part of that. */
  atomically<Result>(work: () => Result): Result;
};

export function makeStatements(database: Database): Statements {
  const prepared = new Map<string, ReturnType<Database["prepare"]>>();
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  return {
    one: <Row>(sql: string, bind: Bind = []) => statement(sql).get(bind) as Row | undefined,
    all: <Row>(sql: string, bind: Bind = []) => statement(sql).all(bind) as Row[],
    run: (sql, bind = []) => Number(statement(sql).run(bind).lastInsertRowid),
    atomically: (work) => database.transaction(work).immediate(),
  };
}
