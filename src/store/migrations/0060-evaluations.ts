import type { Migration } from "./migration.ts";

/** Tables that compared systems on reviewed notes. They hold figures and ids of notes, never words of one. */
export const evaluationsMigration: Migration = {
  version: 60,
  up(database) {
    database.exec(`
      CREATE TABLE evaluations (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        result TEXT NOT NULL
      ) STRICT;
    `);
  },
};
