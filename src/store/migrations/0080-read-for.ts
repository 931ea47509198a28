import type { Migration } from "./migration.ts";

/** The types that an example was read for; null, as of all that were kept before, for every type. */
export const readForMigration: Migration = {
  version: 80,
  up(database) {
    // A sorted JSON list of names, so that equal lists are equal text.
    database.exec("ALTER TABLE examples ADD COLUMN read_for TEXT");
  },
};
