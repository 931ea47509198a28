import { closeSync, existsSync, openSync } from "node:fs";
import { basename } from "node:path";
import { NotegrainError } from "#core/errors.ts";
import type { Clock, StorePort } from "#core/ports.ts";
import { caseCalls } from "./cases.ts";
import { classifyStoreError } from "./classifyError.ts";
import type { StoreContext } from "./context.ts";
import { correctionCalls } from "./corrections.ts";
import { documentCalls } from "./documents.ts";
import { exportCalls } from "./exports.ts";
import { migrate, requireOwnStore } from "./migrate.ts";
import { runCalls } from "./runs.ts";
import { type Database, loadSqlite } from "./runtime.ts";
import { searchCalls } from "./searchNotes.ts";
import { settingCalls } from "./settings.ts";
import { makeStatements } from "./statements.ts";

export type StoreOptions = {
  /** Refuse to make a new store where there is none. */
  readonly mustExist?: boolean;
  /** How long a call waits for another process, in milliseconds. */
  readonly busyTimeout?: number;
  readonly clock?: Clock;
};

/**
 * Opens the case store in the file `path`, making it where there is none (or an empty file), and brings its
 * schema up to date. Other processes may have it open as well.
 * @throws NG-STORE-RUNTIME, NG-STORE-LOCKED, NG-STORE-NEWER, NG-STORE-DAMAGED, NG-STORE-FULL, NG-STORE;
 * NG-NOT-FOUND with `mustExist`. The file is then as it was.
 */
export async function openStore(path: string, options: StoreOptions = {}): Promise<StorePort> {
  const name = basename(path);
  const Sqlite = await loadSqlite();
  if (options.mustExist && !existsSync(path)) {
    throw new NotegrainError("NG-NOT-FOUND", { what: "case store", name });
  }
  let database: Database | undefined;
  try {
    // Notes are nobody else's to read; SQLite gives its side files the same permissions.
    closeSync(openSync(path, "a", 0o600));
    database = new Sqlite(path, { timeout: options.busyTimeout ?? 5000 });
    requireOwnStore(database);
    database.pragma("journal_mode = WAL");
    // A result that was reported as kept must survive a power cut.
    database.pragma("synchronous = FULL");
    database.pragma("foreign_keys = ON");
    // Enough for the lists and the top of the index of ten thousand notes; in KiB.
    database.pragma("cache_size = -16384");
    // What was deleted is overwritten.
    database.pragma("secure_delete = ON");
    migrate(database);
    return storeOn(database, options.clock ?? { now: () => new Date() }, name);
  } catch (error) {
    database?.close();
    throw classifyStoreError(error, name);
  }
}

function storeOn(database: Database, clock: Clock, name: string): StorePort {
  const context: StoreContext = { sql: makeStatements(database), clock };
  return coded(name, {
    ...documentCalls(context),
    ...caseCalls(context),
    ...searchCalls(context),
    ...runCalls(context),
    ...correctionCalls(context),
    ...exportCalls(context),
    ...settingCalls(context),
    close: () => {
      database.close();
    },
  });
}

/** The same calls, throwing coded errors only. */
function coded(name: string, calls: StorePort): StorePort {
  const entries = Object.entries(calls).map(([key, call]: [string, (...values: never[]) => unknown]) => [
    key,
    (...values: never[]) => {
      try {
        return call(...values);
      } catch (error) {
        throw classifyStoreError(error, name);
      }
    },
  ]);
  return Object.fromEntries(entries) as StorePort;
}
