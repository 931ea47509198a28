import { basename } from "node:path";
import { NotegrainError } from "#core/errors.ts";
import { casesMigration } from "./migrations/0010-cases.ts";
import { searchMigration } from "./migrations/0020-search.ts";
import { repliesMigration } from "./migrations/0030-replies.ts";
import { evaluationsMigration } from "./migrations/0060-evaluations.ts";
import { examplesMigration } from "./migrations/0070-examples.ts";
import { readForMigration } from "./migrations/0080-read-for.ts";
import type { Migration } from "./migrations/migration.ts";
import type { Database } from "./runtime.ts";

/** Marks a SQLite file as a case store ("NGcs"). */
export const APPLICATION_ID = 0x4e476373;

/** All steps, in order. */
export const migrations: readonly Migration[] = [
  casesMigration,
  searchMigration,
  repliesMigration,
  evaluationsMigration,
  examplesMigration,
  readForMigration,
];

/**
 * Tells, without writing, whether the file is a case store (or still empty) that this version understands.
 * @throws NG-STORE-DAMAGED, NG-STORE-NEWER
 */
export function requireOwnStore(database: Database): void {
  const name = basename(database.name);
  const applicationId = database.pragma("application_id", { simple: true });
  const tables = database.prepare("SELECT count(*) FROM sqlite_schema").pluck().get();
  const empty = applicationId === 0 && tables === 0;
  if (!empty && applicationId !== APPLICATION_ID) throw new NotegrainError("NG-STORE-DAMAGED", { name });
  if (schemaVersion(database) > (migrations.at(-1)?.version ?? 0)) {
    throw new NotegrainError("NG-STORE-NEWER", { name });
  }
}

/** Brings the schema up to `target`, each step whole or not at all. */
export function migrate(database: Database, target = Number.POSITIVE_INFINITY): void {
  for (const migration of migrations) {
    if (migration.version > target) return;
    if (schemaVersion(database) >= migration.version) continue;
    database
      .transaction(() => {
        // Asked again now that nobody else can write: another process may have come first.
        if (schemaVersion(database) >= migration.version) return;
        migration.up(database);
        database.pragma(`application_id = ${APPLICATION_ID}`);
        database.pragma(`user_version = ${migration.version}`);
      })
      .immediate();
  }
}

function schemaVersion(database: Database): number {
  return database.pragma("user_version", { simple: true }) as number;
}
