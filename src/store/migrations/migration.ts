import type { Database } from "../runtime.ts";

/** One step of the schema. A step that was released is never edited; a change is a new file with a higher number. */
export type Migration = {
  /** What `PRAGMA user_version` says afterwards; steps of ten leave room for a mended branch. */
  readonly version: number;
  /** Runs inside a transaction. */
  up(database: Database): void;
};
