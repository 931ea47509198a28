import type BetterSqlite3 from "better-sqlite3";
import { NotegrainError } from "#core/errors.ts";

/** An open SQLite database. */
export type Database = InstanceType<typeof BetterSqlite3>;

/** N-API version that the prebuilt binaries of better-sqlite3 13 are compiled for. */
const NEEDED_NAPI = 10;

/**
 * Checks that this Node can load better-sqlite3 at all: on an older one it ends the process with a
 * segmentation fault, which nothing can catch. https://github.com/WiseLibs/better-sqlite3/issues/1514
 * @throws NG-STORE-RUNTIME
 */
export function requireRuntime(versions: { readonly napi?: string; readonly node: string }): void {
  if (!(Number(versions.napi) >= NEEDED_NAPI)) {
    throw new NotegrainError("NG-STORE-RUNTIME", { version: versions.node });
  }
}

/** The constructor of databases; loads the native part, and only after `requireRuntime`. */
export async function loadSqlite(): Promise<typeof BetterSqlite3> {
  requireRuntime(process.versions);
  return (await import("better-sqlite3")).default;
}
