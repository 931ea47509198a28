import { closeSync, existsSync, openSync } from "node:fs";
import { basename } from "node:path";
import { NotegrainError } from "#core/errors.ts";
import { migrate, requireOwnStore } from "./migrate.ts";
import { type Database, loadSqlite } from "./runtime.ts";

export type ConnectOptions = {
  /** Refuse to make a new store where there is none. */
  readonly mustExist?: boolean;
  /** How long a call waits for another process, in milliseconds. */
  readonly busyTimeout?: number;
};

/** SQLite's name for a database that is never written. */
const IN_MEMORY = ":memory:";

/**
 * Opens the database in the file `path` and brings its schema up to date. What is not a case store is left
 * as it was.
 * @throws NG-STORE-RUNTIME, NG-STORE-NEWER, NG-STORE-DAMAGED, NG-NOT-FOUND; errors of SQLite and the file system
 */
export async function connect(path: string, options: ConnectOptions = {}): Promise<Database> {
  const Sqlite = await loadSqlite();
  if (path !== IN_MEMORY) {
    if (options.mustExist && !existsSync(path)) {
      throw new NotegrainError("NG-NOT-FOUND", { what: "case store", name: basename(path) });
    }
    // Notes are nobody else's to read; SQLite gives its side files the same permissions.
    closeSync(openSync(path, "a", 0o600));
  }
  const database = new Sqlite(path, { timeout: options.busyTimeout ?? 5000 });
  try {
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
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
